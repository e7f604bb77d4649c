/**
 * A worker whose jobs do what a test asks for.
 */
import process from 'node:process';
import { threadId } from 'node:worker_threads';
import { SatnmfError } from '../../../../js/errors.js';
import { portOfThread } from '../../../../js/outside/worker/port.js';
import { serve } from '../../../../js/outside/worker/serve.js';

/** `wait`: until nobody wants the answer. */
export type Odd = 'where' | 'slow' | 'refuse' | 'throw' | 'die' | 'wait' | 'unreadable';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

serve(await portOfThread(), {
  async odd(_shared, jobs) {
    for await (const { input, signal, report, done } of jobs) {
      report('begun');
      switch (input as Odd) {
        case 'refuse':
          throw new SatnmfError('too-large', 'It needs 2 MB.', { argument: 'r', row: 3, actual: '2 MB' });
        case 'throw':
          throw new RangeError('out of range');
        case 'die':
          process.exit(7);
          break;
        case 'wait':
          while (!signal.aborted) await sleep(1);
          break;
        case 'unreadable':
          done(() => undefined);
          break;
        case 'slow':
          await sleep(50);
      }
      done(threadId);
    }
  },
});
