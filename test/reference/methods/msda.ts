/**
 * msda: marginalised denoising layers by their definition, d x d systems and all (compared-methods.md, mSDA).
 *
 * @module
 */
import { type Dense, at, dense, multiply, put, tabulate, transpose } from '../kernels/dense.js';

/** [X; 1ᵀ]. */
export function withOnes(X: Dense): Dense {
  return tabulate(X.rows + 1, X.cols, (i, j) => (i < X.rows ? at(X, i, j) : 1));
}

/** Solves A Z = B by Gaussian elimination with row pivots. */
export function solve(A: Dense, B: Dense): Dense {
  const n = A.rows;
  const L = dense(n, n, A.data);
  const Z = dense(n, B.cols, B.data);
  const swap = (M: Dense, a: number, b: number): void => {
    for (let j = 0; j < M.cols; j++) {
      const value = at(M, a, j);
      put(M, a, j, at(M, b, j));
      put(M, b, j, value);
    }
  };
  const subtract = (M: Dense, row: number, factor: number, from: number): void => {
    for (let j = 0; j < M.cols; j++) put(M, row, j, at(M, row, j) - factor * at(M, from, j));
  };
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(at(L, i, k)) > Math.abs(at(L, pivot, k))) pivot = i;
    for (const M of [L, Z]) swap(M, k, pivot);
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = at(L, i, k) / at(L, k, k);
      for (const M of [Z, L]) subtract(M, i, factor, k);
    }
  }
  return tabulate(n, B.cols, (i, j) => at(Z, i, j) / at(L, i, i));
}

/** W (d x (d + 1), bias last) of one layer: E[P] (E[Q] + R)⁻¹; columns of X are utterances. */
export function denoisingMap(X: Dense, p: number, ridge: number): Dense {
  const d = X.rows;
  const S = multiply(withOnes(X), transpose(withOnes(X)));
  const kept = (i: number): number => (i < d ? 1 - p : 1);
  const Q = tabulate(d + 1, d + 1, (i, j) =>
    i === j ? at(S, i, i) * kept(i) + (i < d ? ridge : 0) : at(S, i, j) * kept(i) * kept(j),
  );
  const P = tabulate(d, d + 1, (i, j) => at(S, i, j) * kept(j));
  return transpose(solve(transpose(Q), transpose(P)));
}

/** tanh(W [X; 1ᵀ]). */
export function hidden(W: Dense, X: Dense): Dense {
  const linear = multiply(W, withOnes(X));
  return tabulate(linear.rows, linear.cols, (i, j) => Math.tanh(at(linear, i, j)));
}

/** [X; h1; …; hL]. */
export function stacked(X: Dense, p: number, ridge: number, layers: number): Dense {
  const parts = [X];
  for (let l = 0; l < layers; l++) {
    const last = parts[l];
    parts.push(hidden(denoisingMap(last, p, ridge), last));
  }
  return tabulate(X.rows * (layers + 1), X.cols, (i, j) => at(parts[Math.floor(i / X.rows)], i % X.rows, j));
}

/**
 * E Σ_j |x_j − W [x̃_j; 1]|² + ridge |W without its bias|², the expectation taken over all 2^d ways to zero features,
 * one after another.
 */
export function averageLoss(X: Dense, W: Dense, p: number, ridge: number): number {
  const d = X.rows;
  let total = 0;
  for (let mask = 0; mask < 2 ** d; mask++) {
    let chance = 1;
    for (let f = 0; f < d; f++) chance *= (mask >> f) & 1 ? p : 1 - p;
    const corrupted = tabulate(d, X.cols, (f, j) => ((mask >> f) & 1 ? 0 : at(X, f, j)));
    const said = multiply(W, withOnes(corrupted));
    let loss = 0;
    for (let at = 0; at < X.data.length; at++) loss += (X.data[at] - said.data[at]) ** 2;
    total += chance * loss;
  }
  for (let i = 0; i < d; i++) for (let f = 0; f < d; f++) total += ridge * at(W, i, f) ** 2;
  return total;
}
