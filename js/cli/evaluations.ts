/**
 * Methods fitted to the same pair one after the other, with progress on the screen.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import { evaluate, type Pair } from '../experiment/evaluation.js';
import type { Method } from '../methods/method.js';
import type { Workers } from '../methods/workers.js';
import { exitCodeOf, sentenceOf } from './exit-code.js';
import { withWorkers } from './fit-workers.js';
import { jobOf, showProgress } from './progress.js';
import type { Timed } from './results.js';
import type { Screen } from './screen.js';

/** What came of a list of methods. */
export interface Evaluations {
  readonly results: readonly Timed[];
  /** Methods that failed at run time; why is on the screen already. */
  readonly failed: number;
}

/**
 * Evaluates every method, trials spread over workers. One that fails at run time (too large for the memory there is, …) does not keep the
 * others from running.
 *
 * @throws what the user can mend: bad data, bad options; Ctrl-C; and the first failure if all methods failed
 */
export async function runEvaluations(
  screen: Screen,
  methods: readonly Method[],
  pair: Pair,
  { quiet, jobs }: { readonly quiet?: boolean; readonly jobs?: number },
): Promise<Evaluations> {
  const { rows, cols: features } = pair.source.features;
  const fits = { methods, rows: rows + pair.target.features.rows, features, jobs };
  return withWorkers(fits, (workers) => evaluateAll(screen, methods, pair, quiet === true, workers));
}

async function evaluateAll(
  screen: Screen,
  methods: readonly Method[],
  pair: Pair,
  quiet: boolean,
  workers: Workers | undefined,
): Promise<Evaluations> {
  const N = pair.source.features.rows + pair.target.features.rows;
  const display = showProgress(
    screen,
    methods.map((method) => jobOf(method, N, workers?.count)),
    quiet,
  );
  const results: Timed[] = [];
  const failures: { name: string; error: unknown }[] = [];
  const warnings: string[] = [];
  try {
    for (const [index, method] of methods.entries()) {
      // Ctrl-C is only heard between two turns of the event loop.
      await setImmediate();
      screen.signal.throwIfAborted();
      const began = performance.now();
      try {
        const how = {
          signal: screen.signal,
          onProgress: display.of(index),
          ...(workers === undefined ? {} : { workers }),
        };
        const { evaluation, model } = await evaluate(method, pair, how);
        results.push({ ...evaluation, seconds: (performance.now() - began) / 1000 });
        warnings.push(...model.warnings);
      } catch (error) {
        if (exitCodeOf(error) !== 1) throw error;
        failures.push({ name: method.name, error });
      }
      display.done(index);
    }
  } finally {
    display.end();
  }
  for (const sentence of warnings) screen.warn(sentence);
  if (results.length === 0 && failures.length > 0) throw failures[0].error;
  for (const { name, error } of failures) screen.fail(`${name}: ${sentenceOf(error) ?? 'failed'}`);
  return { results, failed: failures.length };
}
