/**
 * satnmf: the factorisation as a whole, in the paper's orientation, and one door to its parts.
 *
 * @module
 */
import { stepHals } from './hals.js';
import { type Acceleration, type InnerCounts, rescale, rescaleAtEnd } from './multiplicative.js';
import { stepAccelerated, stepMu, stepMuInvariant } from './multiplicative.js';
import { type Factors, type Problem, objective, objectiveInvariant } from './objective.js';
import { inner, multiply, times } from '../kernels/dense.js';
import { normaliseColumns } from '../kernels/column-norm.js';

export * from './objective.js';
export * from './multiplicative.js';
export * from './hals.js';
export * from './kkt.js';
export * from '../kernels/column-norm.js';

/** How to iterate. */
export interface FactoriseOptions extends Acceleration {
  readonly iterations: number;
  /** Default `mu`. */
  readonly update?: 'mu' | 'accelerated' | 'hals';
  /** Treatment of the scale of U against V and H (method.md, Scale). Default `none`. */
  readonly scale?: 'none' | 'end' | 'each' | 'invariant';
  /** Codes of HALS. Default `entries`. */
  readonly codes?: 'entries' | 'rows';
}

/** What came out. */
export interface Factorisation extends Factors {
  /** iterations + 1 values: J, or Jt when `scale` is `invariant`. Monotone unless `scale` is `each`. */
  readonly trace: readonly number[];
  /** Inner steps of every outer iteration, for `accelerated` and `hals`. */
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
      const step = update === 'hals' ? stepHals : stepAccelerated;
      const done = step(p, f, { ...options, invariant });
      f = done.factors;
      counts.push(done.counts);
    }
    if (scale === 'each') f = rescale(p, f);
    trace.push(value(p, f));
  }
  if (scale !== 'none') f = rescaleAtEnd(p, f);
  return { ...f, trace, counts };
}

/**
 * The `fitted` start (method.md, Start): unit-norm columns of U with compensation, then V <- a V, H <- H / a
 * with a = <X, U V> / |U V|^2, the scale that fits X best.
 */
export function fittedStart(p: Problem, start: Factors): Factors {
  const { U, H, V } = normaliseColumns(start);
  const UV = multiply(U, V);
  const size = inner(UV, UV);
  const a = size === 0 ? 1 : inner(p.X, UV) / size;
  return a > 0 ? { U, H: times(1 / a, H), V: times(a, V) } : { U, H, V };
}
