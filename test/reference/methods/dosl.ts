/**
 * dosl: regression with a row-sparse C in plain float64 (compared-methods.md, DoSL), by coordinates and by multipliers.
 *
 * @module
 */
import {
  at,
  type Dense,
  dense,
  diag,
  inner,
  multiply,
  put,
  rowSquares,
  subtract,
  sumOfSquares,
  tabulate,
  times,
  transpose,
  add,
} from '../kernels/dense.js';
import { solve } from './msda.js';

/** |B − CᵀA|² + lambda Σ |c_i|; A d x m, B c x m. */
export interface RowSparseTask {
  readonly A: Dense;
  readonly B: Dense;
  readonly lambda: number;
}

/** The source and one more column √μ (x̄_s − x̄_t) without a class. */
export function regression(
  Xs: Dense,
  Xt: Dense,
  labels: readonly number[],
  classes: number,
  mu: number,
  lambda: number,
): RowSparseTask {
  const n = Xs.cols;
  const mean = (X: Dense, f: number): number =>
    Array.from({ length: X.cols }, (_, j) => at(X, f, j)).reduce((sum, value) => sum + value, 0) / X.cols;
  return {
    A: tabulate(Xs.rows, n + 1, (f, j) =>
      j < n ? at(Xs, f, j) : Math.sqrt(mu) * (mean(Xs, f) - mean(Xt, f)),
    ),
    B: tabulate(classes, n + 1, (k, j) => (j < n && labels[j] === k ? 1 : 0)),
    lambda,
  };
}

export function residual({ A, B }: RowSparseTask, C: Dense): Dense {
  return subtract(B, multiply(transpose(C), A));
}

export function rowSparseObjective(task: RowSparseTask, C: Dense): number {
  const norms = rowSquares(C).reduce((sum, square) => sum + Math.sqrt(square), 0);
  return sumOfSquares(residual(task, C)) + task.lambda * norms;
}

/**
 * A lower bound of the objective: 2⟨B, Θ⟩ − |Θ|² for Θ = s R, s as large as the rows of A Θᵀ allow (at most
 * lambda / 2 long), the best of them.
 */
export function dualBound(task: RowSparseTask, C: Dense): number {
  const R = residual(task, C);
  const square = sumOfSquares(R);
  const steepest = Math.sqrt(Math.max(...rowSquares(multiply(task.A, transpose(R)))));
  const most = task.lambda / 2 / steepest;
  const s = square > 0 ? Math.max(-most, Math.min(most, inner(task.B, R) / square)) : 0;
  return 2 * s * inner(task.B, R) - s * s * square;
}

/** z · [1 − t / |z|]₊ for each row z. */
function shrunk(Z: Dense, t: number): Dense {
  const norms = rowSquares(Z).map(Math.sqrt);
  return tabulate(Z.rows, Z.cols, (i, k) => (norms[i] > t ? (1 - t / norms[i]) * at(Z, i, k) : 0));
}

/** Rows of C one after another, each to its minimum, until a sweep changes nothing to speak of. */
export function byCoordinates(task: RowSparseTask, sweeps = 200_000): Dense {
  const { A, B, lambda } = task;
  const C = dense(A.rows, B.rows);
  const R = dense(B.rows, B.cols, B.data);
  const squares = rowSquares(A);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let far = 0;
    for (let i = 0; i < A.rows; i++) {
      if (squares[i] === 0) continue;
      const z = tabulate(1, B.rows, (_, k) => {
        let sum = squares[i] * at(C, i, k);
        for (let j = 0; j < A.cols; j++) sum += at(A, i, j) * at(R, k, j);
        return sum;
      });
      const next = shrunk(z, lambda / 2);
      for (let k = 0; k < B.rows; k++) {
        const change = next.data[k] / squares[i] - at(C, i, k);
        far = Math.max(far, Math.abs(change));
        put(C, i, k, at(C, i, k) + change);
        for (let j = 0; j < A.cols; j++) put(R, k, j, at(R, k, j) - change * at(A, i, j));
      }
    }
    if (far < 1e-14) break;
  }
  return C;
}

/** Q, C, T and kappa, each once an iteration; systems of size d as they stand. */
export function byMultipliers(
  { A, B, lambda }: RowSparseTask,
  { kappa, rho, kappaMax }: { kappa: number; rho: number; kappaMax: number },
  iterations: number,
): { C: Dense; apart: number }[] {
  const d = A.rows;
  let C = dense(d, B.rows);
  let T = dense(d, B.rows);
  return Array.from({ length: iterations }, () => {
    const M = add(times(2, multiply(A, transpose(A))), diag(new Array<number>(d).fill(kappa)));
    const right = add(times(2, multiply(A, transpose(B))), add(T, times(kappa, C)));
    const Q = solve(M, right);
    C = shrunk(subtract(Q, times(1 / kappa, T)), lambda / kappa);
    const gap = subtract(C, Q);
    T = add(T, times(kappa, gap));
    kappa = Math.min(rho * kappa, kappaMax);
    return { C, apart: Math.max(...gap.data.map(Math.abs)) };
  });
}
