const [fit, cancel] = document.querySelectorAll('button');
const bar = document.querySelector('progress');
const status = document.querySelector('[role=status]');
const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });

function running(is) {
  fit.disabled = is;
  cancel.disabled = !is;
}

fit.addEventListener('click', () => {
  running(true);
  worker.postMessage('fit');
});
cancel.addEventListener('click', () => worker.postMessage('cancel'));

worker.addEventListener('message', ({ data: { progress, done } }) => {
  if (progress) {
    bar.value = progress.iteration / progress.iterations;
    status.textContent = progress.phase;
  } else {
    running(false);
    bar.value = 0;
    status.textContent = done;
  }
});
worker.addEventListener('error', ({ message }) => (status.textContent = message));
