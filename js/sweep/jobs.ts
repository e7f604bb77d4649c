// Points as jobs of workers (js/contract/workers.ts), a group of them a job.
import { type Core, pause } from '../core/index.js';
import { classIndices } from '../data/index.js';
import { SatnmfError } from '../errors.js';
import { methodByName } from '../methods/index.js';
import { shareWork } from '../learn/fit/index.js';
import type { JobKind, SharedWork } from '../contract/index.js';
import { evaluate, type Pair, SourceFolds } from '../experiment/index.js';
import type { Point } from './points.js';
import type { DoneRun, FailedRun } from '../experiment/results/index.js';

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
  readonly points: readonly JobPoint[];
}

export type JobPoint = Pick<Point, 'id' | 'method' | 'options'>;

type Measured = Pick<
  DoneRun,
  'uar' | 'war' | 'recalls' | 'confusion' | 'predictions' | 'truth' | 'sourceCv' | 'objective' | 'iterations'
>;

export interface PointOutcome {
  readonly id: string;
  readonly result: Measured | Pick<FailedRun, 'error'>;
  /** What it took; the result does not depend on it. */
  readonly seconds: number;
}

interface PairWork {
  readonly core: Core;
  readonly pair: Pair;
  readonly work: SharedWork;
  readonly folds: SourceFolds | null;
  readonly traces: boolean;
}

/** Reports each point as soon as it is done; a point that fails does not keep the others from running. */
export const POINTS: JobKind<PointsShared, PointsJob, PointOutcome, null> = {
  name: 'points',
  async work(core, { pairs, sourceCv, traces }, jobs) {
    // Jobs of a pair follow each other, and share what fits to it have in common.
    const waiting = jobs[Symbol.asyncIterator]();
    let next = await waiting.next();
    while (next.done !== true) {
      const index = next.value.input.pair;
      const pair = pairs[index];
      await shareWork(core, async (work) => {
        const folds = sourceCv === null ? null : new SourceFolds(core, pair.sources[0], sourceCv);
        const pairWork = { core, pair, work, folds, traces };
        for (; next.done !== true && next.value.input.pair === index; next = await waiting.next()) {
          const { input, signal, report, done } = next.value;
          for (const point of input.points) {
            await pause();
            signal.throwIfAborted();
            report(await outcomeOf(pairWork, point, signal));
          }
          done(null);
        }
      });
    }
  },
};

async function outcomeOf(pairWork: PairWork, point: JobPoint, signal: AbortSignal): Promise<PointOutcome> {
  const began = performance.now();
  const result = await measure(pairWork, point, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    const code = error instanceof SatnmfError ? error.code : 'internal';
    return { error: { code, message: error instanceof Error ? error.message : String(error) } };
  });
  return { id: point.id, result, seconds: (performance.now() - began) / 1000 };
}

async function measure(
  { core, pair, work, folds, traces }: PairWork,
  point: JobPoint,
  signal: AbortSignal,
): Promise<Measured> {
  const method = methodByName(point.method, point.options);
  const { trials = 1, rounds = 1 } = method.options as { readonly trials?: number; readonly rounds?: number };
  // The first of the last round, whose iterations an evaluation tells.
  const traced = (rounds - 1) * trials;
  const trace: number[] = [];
  const { evaluation } = await evaluate(method, pair, {
    core,
    shared: work,
    signal,
    onProgress({ phase, trial, iteration, objective }) {
      if (phase === 'factorize' && trial === traced && objective !== undefined)
        trace[iteration - 1] = objective;
    },
  });
  const { uar, war, recalls, confusion, predictions, iterations } = evaluation;
  return {
    uar,
    war,
    recalls: [...recalls],
    confusion: confusion.map((counts) => [...counts]),
    predictions: [...classIndices(predictions, pair.classes)],
    truth: [...classIndices(pair.target.emotion, pair.classes)],
    sourceCv: (await folds?.uar(method, signal)) ?? null,
    // A batch of several trials goes on after its first one has stopped.
    objective: traces ? trace.slice(0, iterations[0]) : null,
    iterations: [...iterations],
  };
}
