/**
 * Methods fitted to the same pair, with progress on the screen: on workers those that have no trials beside each other,
 * then one after the other those that spread their trials.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import { evaluate, type Pair } from '../../experiment/index.js';
import type { Method, Workers } from '../../contract/index.js';
import { errorOf } from '../../outside/worker/index.js';
import { exitCodeOf, sentenceOf } from '../screen/exit-code.js';
import { EVALUATIONS, type MethodInWords, runsAlone } from './evaluation-jobs.js';
import { withWorkers } from './fit-workers.js';
import { type ProgressDisplay, showProgress } from '../screen/progress.js';
import { fitWork } from '../../methods/index.js';
import type { Timed } from '../screen/results.js';
import type { Screen } from '../screen/screen.js';

/** What came of a list of methods. */
export interface Evaluations {
  readonly results: readonly Timed[];
  /** Methods that failed at run time; why is on the screen already. */
  readonly failed: number;
}

/**
 * Evaluates every method, over workers if there are any. One that fails at run time (too large for the memory there
 * is, …) does not keep the others from running. Results are in the order of the methods.
 *
 * @throws what the user can mend: bad data, bad options; Ctrl-C; and the first failure if all methods failed
 */
export async function runEvaluations(
  screen: Screen,
  methods: readonly Method[],
  pair: Pair,
  { jobs }: { readonly jobs?: number } = {},
): Promise<Evaluations> {
  const { rows: m, cols: features } = pair.target.features;
  const rows = pair.sources.reduce((sum, source) => sum + source.features.rows, m);
  const settled = await withWorkers({ methods, rows, features, jobs }, async (workers) => {
    const display = showProgress(
      screen,
      methods.map((method) => fitWork(method, rows, workers?.count)),
    );
    try {
      return await evaluateAll(screen, methods, pair, workers, display);
    } finally {
      display.end();
    }
  });
  const done = settled.filter((one) => 'result' in one);
  const failures = settled.flatMap((one, i) => ('error' in one ? [{ ...methods[i], error: one.error }] : []));
  for (const sentence of done.flatMap(({ warnings }) => warnings)) screen.warn(sentence);
  if (done.length === 0 && failures.length > 0) throw failures[0].error;
  for (const { name, error } of failures) screen.fail(`${name}: ${sentenceOf(error) ?? 'failed'}`);
  return { results: done.map(({ result }) => result), failed: failures.length };
}

/** First, beside each other, the methods that run on one thread; then the others one after the other. */
async function evaluateAll(
  screen: Screen,
  methods: readonly Method[],
  pair: Pair,
  workers: Workers | undefined,
  display: ProgressDisplay,
): Promise<Settled[]> {
  const settled: Settled[] = [];
  const alone = workers === undefined ? [] : [...methods.keys()].filter((i) => runsAlone(methods[i]));
  if (workers !== undefined && alone.length > 1)
    await evaluateBeside(screen, methods, alone, pair, workers, display, settled);
  for (const [index, method] of methods.entries()) {
    if (settled[index] !== undefined) continue;
    // Ctrl-C is only heard between two turns of the event loop.
    await setImmediate();
    screen.signal.throwIfAborted();
    const began = performance.now();
    const how = { signal: screen.signal, onProgress: display.of(index), ...(workers && { workers }) };
    settled[index] = await evaluate(method, pair, how).then(
      ({ evaluation, model }) => ({
        result: { ...evaluation, seconds: (performance.now() - began) / 1000 },
        warnings: model.warnings,
      }),
      failed,
    );
    display.done(index);
  }
  return settled;
}

/** What came of a method. */
type Settled = { readonly result: Timed; readonly warnings: readonly string[] } | { readonly error: unknown };

/** @throws the error, if the user can mend it */
function failed(error: unknown): Settled {
  if (exitCodeOf(error) !== 1) throw error;
  return { error };
}

/** Evaluates methods that run on one thread, each on a worker. */
async function evaluateBeside(
  { signal }: Screen,
  methods: readonly Method[],
  alone: readonly number[],
  pair: Pair,
  workers: Workers,
  display: ProgressDisplay,
  settled: Settled[],
): Promise<void> {
  const round = await workers.open(EVALUATIONS, pair, { signal });
  try {
    const words = alone.map((i): MethodInWords => ({ name: methods[i].name, options: methods[i].options }));
    await round.all(words, {
      report: (job, progress) => display.of(alone[job])(progress),
      done(job, outcome) {
        settled[alone[job]] =
          'error' in outcome
            ? failed(errorOf(outcome.error))
            : { result: { ...outcome.evaluation, seconds: outcome.seconds }, warnings: outcome.warnings };
        display.done(alone[job]);
      },
    });
  } finally {
    round.close();
  }
}
