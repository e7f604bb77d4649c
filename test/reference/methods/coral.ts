/**
 * coral: correlation alignment by its definition, d x d roots and all (compared-methods.md, CORAL).
 *
 * @module
 */
import { add, at, type Dense, diag, multiply, tabulate, times, transpose } from '../kernels/dense.js';
import { jacobi } from './fstsl.js';

/** The mean of each row of X (d x N). */
export function meansOf(X: Dense): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < X.cols; j++) sum += at(X, i, j);
    return sum / X.cols;
  });
}

/** The covariance of the columns of X, d x d, over N − 1. */
export function covariance(X: Dense): Dense {
  const means = meansOf(X);
  const centred = tabulate(X.rows, X.cols, (i, j) => at(X, i, j) - means[i]);
  return times(1 / (X.cols - 1), multiply(centred, transpose(centred)));
}

/** A^power of a symmetric, positive definite matrix, for ½ and −½. */
export function root(A: Dense, power: 0.5 | -0.5): Dense {
  const { values, vectors } = jacobi(A);
  const roots = values.map((value) => (power > 0 ? Math.sqrt(value) : 1 / Math.sqrt(value)));
  return multiply(multiply(vectors, diag(roots)), transpose(vectors));
}

/** λ for features whose mean variance is the unit. */
export function ridgeOf(source: Dense, target: Dense, lambda: number): number {
  let sum = 0;
  for (const X of [source, target]) {
    const C = covariance(X);
    for (let i = 0; i < C.rows; i++) sum += at(C, i, i);
  }
  return (lambda * sum) / (2 * source.rows);
}

/** C + λI. */
export function regularised(X: Dense, ridge: number): Dense {
  return add(covariance(X), diag(new Float64Array(X.rows).fill(ridge)));
}

/** A, d x d. */
export function alignmentOf(source: Dense, target: Dense, lambda: number): Dense {
  const ridge = ridgeOf(source, target, lambda);
  return multiply(root(regularised(target, ridge), 0.5), root(regularised(source, ridge), -0.5));
}

/** The source (d x n) with the means and the covariance of the target (d x m): A (x − x̄_s) + x̄_t. */
export function aligned(source: Dense, target: Dense, lambda: number): Dense {
  const [from, to] = [meansOf(source), meansOf(target)];
  const centred = tabulate(source.rows, source.cols, (i, j) => at(source, i, j) - from[i]);
  const moved = multiply(alignmentOf(source, target, lambda), centred);
  return tabulate(source.rows, source.cols, (i, j) => at(moved, i, j) + to[i]);
}
