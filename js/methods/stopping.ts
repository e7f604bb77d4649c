/**
 * When an iteration has done enough (method.md §3.9, §3.13).
 *
 * @module
 */
import type { Report } from '../core/descent.js';

/** Iterations between two looks at the objective (method.md §3.9), and before the first verdict (ours). */
const EVERY = 10;
const AT_LEAST = 20;

/** Limits of a run; a tolerance of 0 never stops. */
export interface Limits {
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly objectiveTolerance: number;
}

/** The verdicts over one trial. */
export class Stopping {
  readonly #limits: Limits;
  #objective = Infinity;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether to stop after this iteration (counted from 1); call once for each. */
  after(iteration: number, { residual, objective }: Pick<Report, 'residual' | 'objective'>): boolean {
    const { maxIterations, tolerance, objectiveTolerance } = this.#limits;
    if (iteration >= maxIterations || residual <= tolerance) return true;
    if (iteration % EVERY !== 0) return false;
    const before = this.#objective;
    this.#objective = objective.total;
    return (
      objectiveTolerance > 0 &&
      iteration >= AT_LEAST &&
      before - objective.total <= objectiveTolerance * before
    );
  }
}
