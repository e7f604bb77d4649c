// What a factorisation descends, how, and what it reports.

/** Which rules an iteration applies: multiplicative ones, or coordinate descent (method.md, Multiplicative updates, Repeated steps, Coordinate descent). */
export type Update = 'mu' | 'accelerated-hals';
/**
 * What is done about the scale that U and V share (method.md, Scale): unit columns of U at the end, or an objective that
 * does not depend on it.
 */
export type Scale = 'end' | 'invariant';

/** The objective's weights and how to descend it. */
export interface Descent {
  readonly r: number;
  /** α of the class-wise part, relative to the marginal one. */
  readonly alpha: number;
  readonly beta: number;
  readonly lambda: number;
  /** γ, weight of the discrepancy between corpora. */
  readonly gamma: number;
  /** Entries of E: a row's own class, the other classes (paper: 0.001 and 1). */
  readonly pos: number;
  readonly neg: number;
  /** Γ = E^power; the rules descend the objective with this Γ. */
  readonly power: 1 | 2;
  readonly update: Update;
  readonly scale: Scale;
}

/** Parts of the objective at one point; `total` is what the rules descend. */
export interface Objective {
  readonly total: number;
  readonly fit: number;
  /** Label term with Γ, times β. */
  readonly label: number;
  /** Label term with E∘E, the paper's (1), times β. */
  readonly labelPaper: number;
  readonly graph: number;
  readonly mmd: number;
}

/** Factors of one trial, copied out. */
export interface Factors {
  /** d x r. */
  readonly U: Float32Array;
  /** c x r. */
  readonly H: Float32Array;
  /** N x r: codes, source first. */
  readonly C: Float32Array;
}

/** Where a trial stands after an iteration. */
export interface Report {
  readonly objective: Objective;
  /** Scaled natural residual of the KKT conditions, the largest of the blocks, each taken at its turn. */
  readonly residual: number;
  /** Inner steps of U, H and V. */
  readonly counts: readonly [number, number, number];
}
