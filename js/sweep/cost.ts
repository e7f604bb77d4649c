// What points cost, before they are computed: good enough for a remaining time.
import { groups } from '../experiment/results/index.js';
import type { Point } from './points.js';
import type { Plan } from './plan.js';
import { fitWork, methodByName } from '../methods/index.js';

/** Multiply–adds a second of one worker (ours: some 20 GFLOP/s, of which half is reached). */
const SPEED = 5e9;

/** Seconds of one worker for a point, as if every fit went on to its last iteration. */
export function costOf({ scheme, method, options }: Point, { sourceCv }: Pick<Plan, 'sourceCv'>): number {
  const { rows, cols } = scheme.pair.sources[0].features;
  const work = (N: number): number => fitWork(methodByName(method, options), N).total * N * cols;
  const folds = sourceCv ?? 0;
  return (work(rows + scheme.target.rows) + folds * work(rows)) / SPEED;
}

/**
 * Points whose factors must be computed. Points that differ only in C share their factors. With several rounds they do
 * not: the factors of a round depend on the answers of the round before, and these on C.
 */
export function fittedOf(points: readonly Point[]): Point[] {
  return groupsOf(points).flatMap((group) =>
    Number(group[0].options['rounds'] ?? 1) > 1 ? group : [group[0]],
  );
}

/** Points that differ only in C, in the order of the first of each. */
export function groupsOf(points: readonly Point[]): Point[][] {
  const found = groups(points, ({ scheme, method, options }) => {
    const others = Object.entries(options).filter(([option]) => option !== 'C');
    return JSON.stringify([scheme.name, method, others]);
  });
  return [...found.values()];
}
