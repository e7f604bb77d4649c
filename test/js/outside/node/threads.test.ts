import { expect, it } from 'vitest';
import type { Workers } from '../../../../js/contract/workers.js';
import { startThreads, withThreads } from '../../../../js/outside/node/threads.js';

it('one thread needs no workers', async () => {
  const answer = await withThreads('worker-thread.js', 1, async (workers) => {
    expect(workers).toBeUndefined();
    return 'done';
  });
  expect(answer).toBe('done');
});

it('workers run while the work does, and are ended after it', async () => {
  let kept: Workers | undefined;
  const answer = await withThreads('worker-thread.js', 2, async (workers) => {
    kept = workers;
    const round = await workers?.open({ name: 'fit' }, null);
    round?.close();
    return workers?.count;
  });
  expect(answer).toBe(2);
  await expect(kept?.open({ name: 'fit' }, null)).rejects.toThrow('The workers have been terminated');
});

it('workers are ended when the work fails', async () => {
  let kept: Workers | undefined;
  const work = withThreads('worker-thread.js', 2, async (workers) => {
    kept = workers;
    throw new Error('out of order');
  });
  await expect(work).rejects.toThrow('out of order');
  await expect(kept?.open({ name: 'fit' }, null)).rejects.toThrow('The workers have been terminated');
});

it('the number of threads is checked', async () => {
  await expect(startThreads('worker-thread.js', 257)).rejects.toThrow(
    '"count" must be a whole number from 1 to 256, got 257.',
  );
});
