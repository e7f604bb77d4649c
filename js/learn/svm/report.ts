// What a solver says about its answer.

/** One quadratic problem, solved: how, how far, and how good. */
export interface SvmReport {
  /** `newton`, `newton-gram`, `coordinate`, `greedy`, `smo`, `interior`; `a+b` when b took over from a. */
  readonly solver: string;
  /** Newton steps, epochs (`coordinate`), or single updates (`greedy`, `smo`). */
  readonly iterations: number;
  /** Primal objective ½|w|² + Σ C_i ξ_i or ξ_i². */
  readonly objective: number;
  /** Objective minus the dual objective of a feasible point: an upper bound of the distance to the optimum. */
  readonly gap: number;
  /** Largest violation of the optimality conditions, in units of the margin; 0 at the optimum. */
  readonly violation: number;
  /** Whether the violation is within the tolerance, or the gap is below 1e-8 of the objective. */
  readonly converged: boolean;
}

/** A gap below this share of the objective counts as solved, whatever the violation (ours). */
export const GAP_SHARE = 1e-8;

/** Puts a report together and judges it. */
export function report(
  solver: string,
  iterations: number,
  objective: number,
  gap: number,
  violation: number,
  tolerance: number,
): SvmReport {
  return {
    solver,
    iterations,
    objective,
    gap,
    violation,
    converged: violation <= tolerance || gap <= GAP_SHARE * objective,
  };
}

/** The answer with the smaller gap, or with the smaller violation where rounding hides the gaps. */
export function better<Solved extends { report: SvmReport }>(first: Solved, second: Solved): Solved {
  const [a, b] = [first.report, second.report];
  const level = Math.abs(a.gap - b.gap) <= 1e-12 * Math.min(a.objective, b.objective);
  return (level ? b.violation < a.violation : b.gap < a.gap) ? second : first;
}
