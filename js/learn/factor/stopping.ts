// When an iteration has done enough (method.md, Stopping, KKT residual).
import type { Report } from './descent.js';

/** Iterations whose gain is looked at, and before the first verdict (ours; see method.md, Stopping). */
const WINDOW = 5;
const AT_LEAST = 10;

/** Limits of a run; a tolerance of 0 never stops. */
export interface Limits {
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly objectiveTolerance: number;
}

/** The verdicts over one trial. */
export class Stopping {
  readonly #limits: Limits;
  /** Objectives after the last iterations, the oldest first. */
  readonly #objectives: number[] = [];

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether to stop after this iteration (counted from 1); call once for each. */
  after(iteration: number, { residual, objective }: Pick<Report, 'residual' | 'objective'>): boolean {
    const { maxIterations, tolerance, objectiveTolerance } = this.#limits;
    if (iteration >= maxIterations || residual <= tolerance) return true;
    this.#objectives.push(objective.total);
    if (this.#objectives.length <= WINDOW) return false;
    const before = this.#objectives.shift() as number;
    return (
      objectiveTolerance > 0 &&
      iteration >= AT_LEAST &&
      before - objective.total <= objectiveTolerance * before
    );
  }
}
