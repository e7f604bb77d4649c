/**
 * satnmf: the factorisation as a whole, in the paper's orientation, and one door to its parts.
 *
 * @module
 */
import { type Acceleration, type InnerCounts, stepHals } from './hals.js';
import { rescaleAtEnd, stepMu, stepMuInvariant } from './multiplicative.js';
import { type Factors, type Problem, objective, objectiveInvariant } from './objective.js';

export * from './objective.js';
export * from './multiplicative.js';
export * from './hals.js';
export * from './kkt.js';
export * from '../kernels/column-norm.js';

/** How to iterate. */
export interface FactoriseOptions extends Acceleration {
  readonly iterations: number;
  /** Default `mu`. */
  readonly update?: 'mu' | 'hals';
  /** Treatment of the scale of U against V and H (method.md, Scale). Default `none`: as `end`, but not at the end. */
  readonly scale?: 'none' | 'end' | 'invariant';
  /** Codes of HALS. Default `entries`. */
  readonly codes?: 'entries' | 'rows';
}

/** What came out. */
export interface Factorisation extends Factors {
  /** iterations + 1 values, never rising: J, or Jt when `scale` is `invariant`. */
  readonly trace: readonly number[];
  /** Inner steps of every outer iteration, for `hals`. */
  readonly counts: readonly InnerCounts[];
}

/**
 * Iterates from `start` a fixed number of times. Unless `scale` is `none` the columns of U are unit at the
 * end (a column of zeros stays); the trace belongs to the factors before that last rescaling.
 */
export function factorise(p: Problem, start: Factors, options: FactoriseOptions): Factorisation {
  const { iterations, update = 'mu', scale = 'none' } = options;
  const invariant = scale === 'invariant';
  const value = invariant ? objectiveInvariant : objective;
  const counts: InnerCounts[] = [];
  let f = start;
  const trace = [value(p, f)];
  for (let t = 0; t < iterations; t++) {
    if (update === 'mu') f = invariant ? stepMuInvariant(p, f) : stepMu(p, f);
    else {
      const done = stepHals(p, f, { ...options, invariant });
      f = done.factors;
      counts.push(done.counts);
    }
    trace.push(value(p, f));
  }
  if (scale !== 'none') f = rescaleAtEnd(p, f);
  return { ...f, trace, counts };
}
