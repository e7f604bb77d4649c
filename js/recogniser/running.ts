/**
 * Work in steps, with the Core alone, progress and cancelling.
 *
 * @module
 */
import { pause } from '../core/index.js';

/**
 * Runs a generator to its end, with a pause between its steps.
 *
 * @throws the signal's reason, as soon as it is aborted
 */
export async function finish<S, T>(
  steps: Generator<S, T>,
  signal: AbortSignal | undefined,
  onStep?: (step: S) => void,
): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done === true) {
      // The last report may have been the one at which the caller gave up.
      signal?.throwIfAborted();
      return step.value;
    }
    onStep?.(step.value);
    await pause();
  }
}
