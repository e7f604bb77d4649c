/**
 * Evaluations as jobs: methods that have no trials to spread run beside each other, one a worker.
 *
 * @module
 */
import { evaluate, type Evaluation, type Pair } from '../../experiment/index.js';
import type { JobKind, Method, Progress } from '../../contract/index.js';
import { methodByName } from '../../methods/index.js';
import { type PlainError, plainError } from '../../outside/worker/index.js';

/** A method in words. */
export type MethodInWords = Pick<Method, 'name' | 'options'>;

/** What came of a method; its failure does not keep others from running. */
export type EvaluationOutcome =
  | { readonly evaluation: Evaluation; readonly warnings: readonly string[]; readonly seconds: number }
  | { readonly error: PlainError };

/** Whether a fit of the method runs on one thread, whatever workers there are. */
export function runsAlone({ options }: Method): boolean {
  return !Object.hasOwn(options, 'trials');
}

/** A method a job, on the pair that all share. */
export const EVALUATIONS: JobKind<Pair, MethodInWords, Progress, EvaluationOutcome> = {
  name: 'evaluations',
  async work(core, pair, jobs) {
    for await (const { input, signal, report, done } of jobs) {
      const began = performance.now();
      try {
        const method = methodByName(input.name, input.options);
        const { evaluation, model } = await evaluate(method, pair, { core, signal, onProgress: report });
        done({ evaluation, warnings: model.warnings, seconds: (performance.now() - began) / 1000 });
      } catch (error) {
        signal.throwIfAborted();
        done({ error: plainError(error) });
      }
    }
  },
};
