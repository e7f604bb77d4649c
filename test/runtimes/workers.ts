/**
 * Fits whose trials are spread over workers, in every runtime that has them.
 */
import * as satnmf from 'satnmf';
import { startWorkers } from 'satnmf/worker';
import { modelBits } from '../js/contract/bits.js';
import { pairOf } from '../js/contract/corpora.js';
import type { JobResult } from './job.js';

/** Bits of the model for each number of workers, and what a cancelled fit says; or why there are no workers. */
export async function runJob(): Promise<JobResult> {
  const pair = pairOf(satnmf);
  const method = satnmf.satnmf({ r: 4, trials: 5, maxIterations: 6 });
  const alone = modelBits(await method.fit(pair), pair.fresh);
  const began = Date.now();
  let started: Awaited<ReturnType<typeof startWorkers>>;
  try {
    started = await startWorkers({ count: 3 });
  } catch (error) {
    const { code, message } = error as satnmf.SatnmfError;
    return {
      same: { bits: [alone], refusal: error instanceof satnmf.SatnmfError && code },
      about: { message },
    };
  }
  const about = { start: Date.now() - began };
  const three = modelBits(await method.fit(pair, { workers: started }), pair.fresh);
  const cancel = new AbortController();
  const endless = method.with({ maxIterations: 1e6, tolerance: 0, objectiveTolerance: 0 });
  const onProgress = ({ iteration }: satnmf.Progress): void => {
    if (iteration === 3) cancel.abort('enough');
  };
  const refusal: unknown = await endless
    .fit(pair, { workers: started, signal: cancel.signal, onProgress })
    .catch((reason: unknown) => reason);
  const again = modelBits(await method.fit(pair, { workers: started }), pair.fresh);
  await started.terminate();
  const one = await startWorkers({ count: 1 });
  const single = modelBits(await method.fit(pair, { workers: one }), pair.fresh);
  await one.terminate();
  return { same: { bits: [...new Set([alone, three, again, single])], refusal }, about };
}
