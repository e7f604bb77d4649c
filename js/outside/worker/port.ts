// The end of the wire inside a worker, whatever the runtime calls it.
import type { FromWorker, ToWorker } from './messages.js';
import type { Port } from './serve.js';

interface ParentPort {
  postMessage(answer: FromWorker): void;
  on(event: 'message', hear: (question: ToWorker) => void): void;
}

export async function portOfThread(): Promise<Port> {
  const host = globalThis;
  if (typeof host.postMessage === 'function')
    return {
      post: (answer) => host.postMessage(answer),
      listen: (hear) => host.addEventListener('message', ({ data }) => hear(data as ToWorker)),
    };
  // Node. The name is put together so that bundlers for browsers do not look for it.
  const name = ['node', 'worker_threads'].join(':');
  const { parentPort } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
    parentPort: ParentPort;
  };
  return {
    post: (answer) => parentPort.postMessage(answer),
    listen: (hear) => parentPort.on('message', hear),
  };
}
