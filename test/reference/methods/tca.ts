/**
 * tca: transfer components by their definition (compared-methods.md, TCA and JDA); with classes, those of JDA.
 *
 * @module
 */
import { add, at, type Dense, dense, multiply, put, tabulate, times, transpose } from '../kernels/dense.js';
import { centring } from './fstsl.js';

/** K: the linear kernel of the utterances about their mean, over its mean diagonal; X is d x N. */
export function kernelOf(X: Dense): Dense {
  const H = centring(X.cols);
  const K = multiply(multiply(H, multiply(transpose(X), X)), H);
  let trace = 0;
  for (let i = 0; i < X.cols; i++) trace += at(K, i, i);
  return times(X.cols / trace, K);
}

/** M_0: 1 / n² within the source, 1 / m² within the target, −1 / (n m) between them. */
export function marginal(N: number, n: number): Dense {
  const m = N - n;
  return tabulate(N, N, (i, j) =>
    i < n && j < n ? 1 / (n * n) : i >= n && j >= n ? 1 / (m * m) : -1 / (n * m),
  );
}

/** M_k, entry by entry; classes of all utterances, those of the target thought. Zeros for a class that one side lacks. */
export function classwise(classes: readonly number[], n: number, k: number): Dense {
  const N = classes.length;
  const source = classes.filter((one, j) => j < n && one === k).length;
  const target = classes.filter((one, j) => j >= n && one === k).length;
  const M = dense(N, N);
  if (source === 0 || target === 0) return M;
  for (let i = 0; i < N; i++)
    for (let j = 0; j < N; j++)
      if (classes[i] === k && classes[j] === k)
        put(
          M,
          i,
          j,
          i < n && j < n ? 1 / source ** 2 : i >= n && j >= n ? 1 / target ** 2 : -1 / (source * target),
        );
  return M;
}

/** K M K + mu I, what the objective is the trace of. */
export function penalty(K: Dense, M: Dense, mu: number): Dense {
  return add(
    multiply(multiply(K, M), K),
    tabulate(K.rows, K.rows, (i, j) => (i === j ? mu : 0)),
  );
}

/** K Hc K, what the constraint is about. */
export function spread(K: Dense): Dense {
  return multiply(multiply(K, centring(K.rows)), K);
}
