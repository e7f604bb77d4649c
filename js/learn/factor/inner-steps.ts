// How often coordinate descent repeats a block's cheap step before the next expensive product (method.md, Repeated steps;
// Gillis & Glineur 2012).

/** Steps per unit of the cost ratio (same source). */
const PER_RATIO = 0.5;
/** Most steps (ours). */
const CAP = 50;
/** A loop ends once a step is shorter than this part of its first (same source). */
export const ENOUGH = 0.1;

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
export function stepLimit(rows: number, others: number, r: number): number {
  const ratio = 1 + (rows * others + others * r) / (rows * (r + 1));
  return Math.min(CAP, Math.floor(1 + PER_RATIO * ratio));
}

/** Steps once, and again until the limit or until it hardly moves. */
export function repeatSteps(step: () => Step, limit: number): Repeated {
  const first = step();
  const least = ENOUGH * ENOUGH * first.change;
  let count = 1;
  while (count < limit) {
    count++;
    if (step().change < least) break;
  }
  return [count, first.residual];
}
