/**
 * How often a block's cheap step is repeated before the next expensive product (method.md, Repeated steps;
 * Gillis & Glineur 2012).
 *
 * @module
 */
import type { Update } from './descent.js';

/** Steps per unit of the cost ratio (same source), for MU and for coordinate descent. */
const PER_RATIO = { accelerated: 2, 'accelerated-hals': 0.5 };
/** Most steps (ours). */
const CAP = 50;

/** What a step did to its block. */
export interface Step {
  /** Σ (x' − x)². */
  readonly change: number;
  /** KKT residual of the block before the step (method.md, KKT residual). */
  readonly residual: number;
}

/** How many steps, and the KKT residual before the first. */
export type Repeated = [count: number, residual: number];

/** Most steps for a block of `rows` rows against `others` of the other factor, rank r. */
export function stepLimit(update: Update, rows: number, others: number, r: number): number {
  if (update === 'mu' || update === 'hals') return 1;
  const ratio = 1 + (rows * others + others * r) / (rows * (r + 1));
  return Math.min(CAP, Math.floor(1 + PER_RATIO[update] * ratio));
}

/** A loop ends once a step is shorter than this part of its first (same source: 0.1 for both). */
export function enough(update: Update): number {
  return update === 'accelerated-hals' ? 0.1 : 0.1;
}

/** Steps once, and again until the limit or until it hardly moves. */
export function repeatSteps(step: () => Step, limit: number, update: Update): Repeated {
  const first = step();
  const part = enough(update);
  const least = part * part * first.change;
  let count = 1;
  while (count < limit) {
    count++;
    if (step().change < least) break;
  }
  return [count, first.residual];
}
