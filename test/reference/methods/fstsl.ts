/**
 * fstsl: a row-sparse transfer subspace by its definition, d x d eigenproblems and all (compared-methods.md, FSTSL).
 *
 * @module
 */
import {
  type Dense,
  add,
  at,
  dense,
  diag,
  multiply,
  put,
  rowSquares,
  tabulate,
  times,
  transpose,
} from '../kernels/dense.js';

/** All eigenpairs of a symmetric matrix by Jacobi rotations, largest first; vectors are columns. */
export function jacobi(A: Dense): { values: Float64Array; vectors: Dense } {
  const n = A.rows;
  const D = dense(n, n, A.data);
  const V = tabulate(n, n, (i, j) => (i === j ? 1 : 0));
  const turn = (M: Dense, i: number, j: number, k: number, l: number, c: number, s: number): void => {
    const [a, b] = [at(M, i, j), at(M, k, l)];
    put(M, i, j, c * a - s * b);
    put(M, k, l, s * a + c * b);
  };
  for (let sweep = 0; sweep < 60; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const off = at(D, p, q);
        if (off === 0) continue;
        const theta = (at(D, q, q) - at(D, p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        for (let k = 0; k < n; k++) turn(D, k, p, k, q, c, t * c);
        for (let k = 0; k < n; k++) turn(D, p, k, q, k, c, t * c);
        for (let k = 0; k < n; k++) turn(V, k, p, k, q, c, t * c);
      }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => at(D, b, b) - at(D, a, a));
  return {
    values: Float64Array.from(order, (i) => at(D, i, i)),
    vectors: tabulate(n, n, (i, j) => at(V, i, order[j])),
  };
}

/** L of A = L Lᵀ. */
function choleskyFactor(A: Dense): Dense {
  const L = dense(A.rows, A.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j <= i; j++) {
      let rest = at(A, i, j);
      for (let k = 0; k < j; k++) rest -= at(L, i, k) * at(L, j, k);
      put(L, i, j, i === j ? Math.sqrt(rest) : rest / at(L, j, j));
    }
  return L;
}

/** L⁻¹. */
function inverseOf(L: Dense): Dense {
  const n = L.rows;
  const Z = dense(n, n);
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let rest = i === j ? 1 : 0;
      for (let k = j; k < i; k++) rest -= at(L, i, k) * at(Z, k, j);
      put(Z, i, j, rest / at(L, i, i));
    }
  return Z;
}

/** What the objective is made of. */
export interface SubspaceProblem {
  /** d x N, source first. */
  readonly X: Dense;
  readonly n: number;
  /** N x N graph. */
  readonly W: Dense;
  readonly mu: number;
  readonly delta: number;
  readonly eps: number;
  readonly r: number;
}

/** a aᵀ + mu L. */
export function transfer({ X, n, W, mu }: SubspaceProblem): Dense {
  const N = X.cols;
  const share = (j: number): number => (j < n ? 1 / n : -1 / (N - n));
  const degrees = Array.from({ length: N }, (_, i) =>
    W.data.subarray(i * N, (i + 1) * N).reduce((s, w) => s + w, 0),
  );
  return tabulate(N, N, (i, j) => share(i) * share(j) + mu * ((i === j ? degrees[i] : 0) - at(W, i, j)));
}

/** I − 11ᵀ / N. */
export function centring(N: number): Dense {
  return tabulate(N, N, (i, j) => (i === j ? 1 : 0) - 1 / N);
}

function sandwich(X: Dense, A: Dense): Dense {
  return multiply(multiply(X, A), transpose(X));
}

/** Tr(PᵀXKXᵀP) + delta Σ_i √(|p_i|² + eps²). */
export function subspaceObjective(problem: SubspaceProblem, P: Dense): number {
  const M = sandwich(transpose(P), sandwich(problem.X, transfer(problem)));
  let value = 0;
  for (let k = 0; k < P.cols; k++) value += at(M, k, k);
  for (const square of rowSquares(P)) value += problem.delta * Math.sqrt(square + problem.eps ** 2);
  return value;
}

/** P after each of `passes` passes of iterated reweighting, from equal weights. */
export function subspacePasses(problem: SubspaceProblem, passes: number): Dense[] {
  const { X, delta, eps, r } = problem;
  const A = sandwich(X, centring(X.cols));
  const B = sandwich(X, transfer(problem));
  let weights: Float64Array = new Float64Array(X.rows).fill(1);
  const found: Dense[] = [];
  for (let t = 0; t < passes; t++) {
    const inverse = inverseOf(choleskyFactor(add(B, times(delta, diag(weights)))));
    const { values, vectors } = jacobi(sandwich(inverse, A));
    const back = multiply(transpose(inverse), vectors);
    const P = tabulate(X.rows, r, (i, k) => at(back, i, k) / Math.sqrt(values[k]));
    found.push(P);
    weights = rowSquares(P).map((square) => 1 / (2 * Math.sqrt(square + eps ** 2)));
  }
  return found;
}
