/**
 * mmd: the maximum mean discrepancy of the codes, marginal and per class (method.md, MMD without its matrix), once as
 * the explicit N x N matrix M and once by class means, as the core computes it.
 *
 * M = M_0 + alpha sum_k M_k, M_k = a_k a_k^T, over the classes that occur on both sides; a_k is 1/n_k on
 * the source samples of class k, -1/m_k on the target samples of pseudo class k, 0 elsewhere; a_0 is 1/n
 * on all source samples, -1/m on all target samples. Source samples come first.
 *
 * @module
 */
import { type Dense, at, dense } from './dense.js';

/** What M depends on. */
export interface Mmd {
  /** Source classes, n of them; -1 for an unlabelled sample, which counts in the marginal part only. */
  readonly ys: readonly number[];
  /** Pseudo classes of the target, m of them; -1 as above. */
  readonly yt: readonly number[];
  /** Number of classes. */
  readonly c: number;
  /** Weight of the class part. */
  readonly alpha: number;
}

/** One term coef · a a^T of M. */
interface Term {
  readonly coef: number;
  readonly source: readonly number[];
  readonly target: readonly number[];
}

/** The terms of M; sample indices run over 0 … N-1. Terms with an empty side are dropped. */
function terms({ ys, yt, c, alpha }: Mmd): Term[] {
  const n = ys.length;
  const where = (labels: readonly number[], k: number, offset: number): number[] =>
    labels.flatMap((y, i) => (y === k ? [i + offset] : []));
  const all: Term[] = [{ coef: 1, source: ys.map((_, i) => i), target: yt.map((_, i) => i + n) }];
  for (let k = 0; k < c; k++) all.push({ coef: alpha, source: where(ys, k, 0), target: where(yt, k, n) });
  return all.filter(({ source, target }) => source.length > 0 && target.length > 0);
}

/** M, N x N, by outer products. */
export function mmdMatrix(mmd: Mmd): Dense {
  const N = mmd.ys.length + mmd.yt.length;
  const M = dense(N, N);
  for (const { coef, source, target } of terms(mmd)) {
    const a = new Float64Array(N);
    for (const i of source) a[i] = 1 / source.length;
    for (const j of target) a[j] = -1 / target.length;
    for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) M.data[i * N + j] += coef * a[i] * a[j];
  }
  return M;
}

/** A = A+ - A-, both with entries >= 0. */
export function splitSigns(A: Dense): { plus: Dense; minus: Dense } {
  return {
    plus: { ...A, data: A.data.map((x) => Math.max(x, 0)) },
    minus: { ...A, data: A.data.map((x) => Math.max(-x, 0)) },
  };
}

/** The mean of the named columns of V (r x N), a vector of r. */
function meanOf(V: Dense, columns: readonly number[]): Float64Array {
  const mean = new Float64Array(V.rows);
  for (let k = 0; k < V.rows; k++) {
    let sum = 0;
    for (const j of columns) sum += at(V, k, j);
    mean[k] = sum / columns.length;
  }
  return mean;
}

/** V M+ and V M- (r x N) by class means: a sample gets the means of its own side, and of the other. */
export function mmdProducts(V: Dense, mmd: Mmd): { plus: Dense; minus: Dense } {
  const plus = dense(V.rows, V.cols);
  const minus = dense(V.rows, V.cols);
  for (const { coef, source, target } of terms(mmd)) {
    const muS = meanOf(V, source);
    const muT = meanOf(V, target);
    const scatter = (own: readonly number[], near: Float64Array, far: Float64Array): void => {
      for (const j of own)
        for (let k = 0; k < V.rows; k++) {
          plus.data[k * V.cols + j] += (coef / own.length) * near[k];
          minus.data[k * V.cols + j] += (coef / own.length) * far[k];
        }
    };
    scatter(source, muS, muT);
    scatter(target, muT, muS);
  }
  return { plus, minus };
}

/** v^k M v^k^T for every row k of V, by means: no cancellation, never < 0. */
export function mmdRows(V: Dense, mmd: Mmd): Float64Array {
  const rows = new Float64Array(V.rows);
  for (const { coef, source, target } of terms(mmd)) {
    const muS = meanOf(V, source);
    const muT = meanOf(V, target);
    for (let k = 0; k < V.rows; k++) rows[k] += coef * (muS[k] - muT[k]) ** 2;
  }
  return rows;
}

/** Tr(V M V^T). */
export function mmdTrace(V: Dense, mmd: Mmd): number {
  return mmdRows(V, mmd).reduce((sum, x) => sum + x, 0);
}

/** M_jj: coef/n_k^2 on the source side, coef/m_k^2 on the target side, summed over the terms. */
export function mmdDiagonal(mmd: Mmd): Float64Array {
  const M = new Float64Array(mmd.ys.length + mmd.yt.length);
  for (const { coef, source, target } of terms(mmd))
    for (const own of [source, target]) for (const j of own) M[j] += coef / own.length ** 2;
  return M;
}

/**
 * m_j with M <= diag(m): coef (1/n_k + 1/m_k) on the support of every a_k, since a a^T <= |a|^2 there
 * (method.md, Coordinate descent, the row-wise alternative).
 */
export function mmdDiagonalBound(mmd: Mmd): Float64Array {
  const m = new Float64Array(mmd.ys.length + mmd.yt.length);
  for (const { coef, source, target } of terms(mmd))
    for (const j of [...source, ...target]) m[j] += coef * (1 / source.length + 1 / target.length);
  return m;
}
