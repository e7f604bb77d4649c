/**
 * multiplicative: the multiplicative updates (method.md, Multiplicative updates) and their scale-invariant form (method.md, Scale).
 *
 * @module
 */
import { type Dense, add, columnSquares, frobenius, hadamard, multiply } from '../kernels/dense.js';
import { times, timesColumns, timesRows, transpose } from '../kernels/dense.js';
import { DEAD_SHARE, normaliseColumns, normaliseLiveColumns } from '../kernels/column-norm.js';
import type { Factors, Problem } from './objective.js';
import { regulariserRows } from './objective.js';
import { scaleRatio } from '../kernels/scale-ratio.js';

/** U ∘ (X V^T) ⊘ (U V V^T + U diag(rho)); rho (length r) is zero but for the scale-invariant objective. */
export function updateU(p: Problem, { U, V }: Factors, rho?: Float64Array): Dense {
  const Vt = transpose(V);
  const num = multiply(p.X, Vt);
  const fit = multiply(U, multiply(V, Vt));
  return scaleRatio(U, num, rho === undefined ? fit : add(fit, timesColumns(U, rho)));
}

/** H ∘ ((Gam∘Y) V^T) ⊘ ((Gam∘(H V)) V^T); H itself if beta = 0. */
export function updateH(p: Problem, { H, V }: Factors): Dense {
  if (p.beta === 0) return H;
  const Vt = transpose(V);
  const num = multiply(hadamard(p.Gam, p.Y), Vt);
  const den = multiply(hadamard(p.Gam, multiply(H, V)), Vt);
  return scaleRatio(H, num, den);
}

/**
 * V ∘ (U^T X + beta H^T (Gam∘Y) + lambda V W + gamma V M-)
 *   ⊘ (U^T U V + beta H^T (Gam∘(H V)) + lambda V D + gamma V M+).
 *
 * For Jt row k of the regulariser carries `weights[k]` = |u_k|^2: 1 for a unit column, less for a dead one.
 * Without weights all are 1 (J). Jt falls for certain only with them: at a dead column the unweighted
 * rule trades the label term for a regulariser that Jt does not count.
 */
export function updateV(p: Problem, { U, H, V }: Factors, weights?: Float64Array): Dense {
  const Ut = transpose(U);
  const Ht = transpose(H);
  const weighted = (A: Dense): Dense => (weights === undefined ? A : timesRows(A, weights));
  let num = multiply(Ut, p.X);
  let den = multiply(multiply(Ut, U), V);
  if (p.beta !== 0) {
    num = add(num, times(p.beta, multiply(Ht, hadamard(p.Gam, p.Y))));
    den = add(den, times(p.beta, multiply(Ht, hadamard(p.Gam, multiply(H, V)))));
  }
  if (p.lambda !== 0) {
    num = add(num, times(p.lambda, weighted(multiply(V, p.W))));
    den = add(den, times(p.lambda, weighted(timesColumns(V, p.D))));
  }
  if (p.gamma !== 0) {
    num = add(num, times(p.gamma, weighted(multiply(V, p.Mminus))));
    den = add(den, times(p.gamma, weighted(multiply(V, p.Mplus))));
  }
  return scaleRatio(V, num, den);
}

/** Unit-norm live columns of U, between iterations; H stays untouched when beta = 0, as it is unused. */
export function rescale(p: Problem, f: Factors): Factors {
  const { U, H, V } = normaliseLiveColumns(f, DEAD_SHARE * frobenius(p.X));
  return { U, H: p.beta === 0 ? f.H : H, V };
}

/** Unit-norm columns of U after the last iteration, those of dead atoms too; H as above. */
export function rescaleAtEnd(p: Problem, f: Factors): Factors {
  const { U, H, V } = normaliseColumns(f);
  return { U, H: p.beta === 0 ? f.H : H, V };
}

/** One iteration of plain MU: U, H, V, each with the newest factors. */
export function stepMu(p: Problem, f: Factors): Factors {
  const U = updateU(p, f);
  const H = updateH(p, { ...f, U });
  return { U, H, V: updateV(p, { ...f, U, H }) };
}

/** One iteration for Jt: the U rule with rho, unit-norm columns with compensation, then H and V. */
export function stepMuInvariant(p: Problem, f: Factors): Factors {
  const U = updateU(p, f, regulariserRows(p, f.V));
  const g = rescale(p, { ...f, U });
  const H = updateH(p, g);
  return { ...g, H, V: updateV(p, { ...g, H }, columnSquares(g.U)) };
}
