/**
 * column-norm: unit-norm columns of U, the other factors compensated (method.md, Scale).
 *
 * @module
 */
import { columnSquares, rowSquares, timesColumns, timesRows } from './dense.js';
import type { Factors } from '../satnmf/objective.js';
import { TINY } from './scale-ratio.js';

/** An atom k with |u_k| |v^k| <= DEAD_SHARE |X|_F counts as dead. Ours. */
export const DEAD_SHARE = 1e-8;

/** U S^-1, H S^-1, S V for S = diag(s): U V and H V are unchanged. */
function compensate({ U, H, V }: Factors, s: Float64Array): Factors {
  const inverse = s.map((x) => 1 / x);
  return { U: timesColumns(U, inverse), H: timesColumns(H, inverse), V: timesRows(V, s) };
}

/**
 * Every column of U to unit norm, with compensation. A column whose norm is not above `guard` keeps the
 * scale 1: a dead column of U stays as it is.
 */
export function normaliseColumns(f: Factors, guard = TINY): Factors {
  const norms = columnSquares(f.U).map(Math.sqrt);
  return compensate(
    f,
    norms.map((norm) => (norm > guard ? norm : 1)),
  );
}

/**
 * The same between iterations: a dead atom, whose size |u_k| |v^k| is not above `least`, keeps the scale 1.
 *
 * An atom that X does not want shrinks in every U step; were it brought back to unit norm each time, its
 * codes would fall and its column of H rise without end, since only their product enters the label term,
 * and both would leave the range of the numbers within a few dozen steps. |u_k| |v^k| is scale-free.
 */
export function normaliseLiveColumns(f: Factors, least: number): Factors {
  const norms = columnSquares(f.U).map(Math.sqrt);
  const rows = rowSquares(f.V).map(Math.sqrt);
  return compensate(
    f,
    norms.map((norm, k) => (norm > TINY && norm * rows[k] > least ? norm : 1)),
  );
}
