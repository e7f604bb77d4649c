/**
 * Points as jobs of workers (js/methods/workers.ts), a group of them a job.
 *
 * @module
 */
import type { Core } from '../core/core.js';
import { pause } from '../core/pause.js';
import { classIndices } from '../data/emotions.js';
import { SatnmfError } from '../errors.js';
import { methodByName } from '../methods/registry.js';
import type { JobKind } from '../methods/workers.js';
import { evaluate, type Pair } from './evaluation.js';
import type { Options } from './plan.js';
import type { Point } from './points.js';
import type { DoneRun, FailedRun } from './run.js';
import { crossValidate } from './source-cv.js';

/** What all jobs share. */
export interface PointsShared {
  readonly pairs: readonly Pair[];
  /** Folds of cross-validation on the source; null: none. */
  readonly sourceCv: number | null;
  readonly traces: boolean;
}

/** Points of one pair, which share most if they differ only in C. */
export interface PointsJob {
  /** Index into `pairs`. */
  readonly pair: number;
  readonly points: readonly Pick<Point, 'id' | 'method' | 'options' | 'seed'>[];
}

type Measured = Pick<
  DoneRun,
  'uar' | 'war' | 'recalls' | 'confusion' | 'predictions' | 'truth' | 'sourceCv' | 'objective' | 'iterations'
>;

/** What came of a point. */
export interface Outcome {
  readonly id: string;
  readonly result: Measured | Pick<FailedRun, 'error'>;
  /** What it took; the result does not depend on it. */
  readonly seconds: number;
}

/** Reports each point as soon as it is done; a point that fails does not keep the others from running. */
export const POINTS: JobKind<PointsShared, PointsJob, Outcome, null> = {
  name: 'points',
  async work(core, shared, jobs) {
    for await (const { input, signal, report, done } of jobs) {
      for (const point of input.points) {
        await pause();
        signal.throwIfAborted();
        report(await outcomeOf(core, shared, shared.pairs[input.pair], point, signal));
      }
      done(null);
    }
  },
};

async function outcomeOf(
  core: Core,
  { sourceCv, traces }: PointsShared,
  pair: Pair,
  { id, method, options, seed }: PointsJob['points'][number],
  signal: AbortSignal,
): Promise<Outcome> {
  const began = performance.now();
  const result = await measure(core, pair, { method, options, seed, sourceCv, traces }, signal).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      const code = error instanceof SatnmfError ? error.code : 'internal';
      return { error: { code, message: error instanceof Error ? error.message : String(error) } };
    },
  );
  return { id, result, seconds: (performance.now() - began) / 1000 };
}

async function measure(
  core: Core,
  pair: Pair,
  point: {
    readonly method: string;
    readonly options: Options;
    readonly seed: number;
    readonly sourceCv: number | null;
    readonly traces: boolean;
  },
  signal: AbortSignal,
): Promise<Measured> {
  const method = methodByName(point.method, point.options);
  const trace: number[] = [];
  const { evaluation } = await evaluate(method, pair, {
    core,
    signal,
    onProgress({ phase, trial, iteration, objective }) {
      if (phase === 'factorize' && trial === 0 && objective !== undefined) trace[iteration - 1] = objective;
    },
  });
  const { uar, war, recalls, confusion, predictions, iterations } = evaluation;
  const folds = { folds: point.sourceCv ?? 0, seed: point.seed };
  return {
    uar,
    war,
    recalls: [...recalls],
    confusion: confusion.map((counts) => [...counts]),
    predictions: [...classIndices(predictions, pair.classes)],
    truth: [...classIndices(pair.target.emotion, pair.classes)],
    sourceCv:
      point.sourceCv === null
        ? null
        : await crossValidate(core, method, pair.source, folds, { core, signal }),
    // A batch of several trials goes on after its first one has stopped.
    objective: point.traces && trace.length > 0 ? trace.slice(0, iterations[0]) : null,
    iterations: [...iterations],
  };
}
