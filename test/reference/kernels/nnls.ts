/**
 * nnls: exact non-negative least squares by active sets (Lawson & Hanson 1974, ch. 23), the oracle of
 * the codes of new samples (method.md, The whole procedure).
 *
 * @module
 */
import { type Dense, at, column, dense, put } from './dense.js';

/** Below this share of its length a column counts as dependent on those already in use. */
const DEPENDENT = 1e-10;

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

/**
 * Unconstrained least squares min |x - sum_k z_k a_k| by modified Gram–Schmidt, done twice over.
 * `undefined` if the columns are dependent.
 */
function leastSquares(columns: readonly Float64Array[], x: Float64Array): number[] | undefined {
  const Q: Float64Array[] = [];
  const R: number[][] = [];
  for (const a of columns) {
    let rest = Float64Array.from(a);
    const coefficients = Q.map(() => 0);
    for (let pass = 0; pass < 2; pass++)
      Q.forEach((q, k) => {
        const share = dot(q, rest);
        coefficients[k] += share;
        rest = rest.map((value, i) => value - share * q[i]);
      });
    const length = Math.sqrt(dot(rest, rest));
    if (!(length > DEPENDENT * Math.sqrt(dot(a, a)))) return undefined;
    Q.push(rest.map((value) => value / length));
    R.push([...coefficients, length]);
  }
  let rest = Float64Array.from(x);
  const right = Q.map((q) => {
    const share = dot(q, rest);
    rest = rest.map((value, i) => value - share * q[i]);
    return share;
  });
  const z = right.slice();
  for (let k = z.length - 1; k >= 0; k--) {
    for (let l = k + 1; l < z.length; l++) z[k] -= R[l][k] * z[l];
    z[k] /= R[k][k];
  }
  return z;
}

/** The slopes U^T (x - U v), r of them: at the solution 0 where v > 0, else <= 0. */
export function nnlsSlopes(U: Dense, x: Float64Array, v: Float64Array): Float64Array {
  const rest = x.map((value, i) => {
    for (let k = 0; k < U.cols; k++) value -= at(U, i, k) * v[k];
    return value;
  });
  return Float64Array.from({ length: U.cols }, (_, k) => dot(column(U, k), rest));
}

/**
 * min_{v >= 0} |x - U v|_2 for U (d x r) and x (d). Returns v (r). If the minimiser is not unique one of
 * them comes back, with linearly independent columns in use.
 */
export function nnls(U: Dense, x: Float64Array): Float64Array {
  const r = U.cols;
  const columns = Array.from({ length: r }, (_, k) => column(U, k));
  const lengthX = Math.sqrt(dot(x, x));
  const slack = columns.map((u) => 1e-13 * Math.sqrt(dot(u, u)) * lengthX);
  let v = new Float64Array(r);
  const used = new Set<number>();
  // Ends by itself: the residual falls strictly with every set in use. The bound only guards the loop.
  for (let round = 0; round < 10 * 2 ** Math.min(r, 12); round++) {
    const slopes = nnlsSlopes(U, x, v);
    const candidates = columns
      .map((_, k) => k)
      .filter((k) => !used.has(k) && slopes[k] > slack[k])
      .sort((a, b) => slopes[b] - slopes[a] || a - b);
    // A candidate must be independent and enter with a positive share, else rounding would make a cycle.
    const entering = candidates.find((k) => {
      const set = [...used, k];
      const z = leastSquares(
        set.map((l) => columns[l]),
        x,
      );
      return z !== undefined && z[z.length - 1] > 0;
    });
    if (entering === undefined) return v;
    used.add(entering);
    for (;;) {
      const set = [...used];
      const z = leastSquares(
        set.map((l) => columns[l]),
        x,
      );
      if (z === undefined) throw new Error('nnls: the columns in use became dependent');
      let step = 1;
      set.forEach((k, i) => {
        if (z[i] <= 0) step = Math.min(step, v[k] / (v[k] - z[i]));
      });
      const next = new Float64Array(r);
      set.forEach((k, i) => {
        next[k] = step === 1 ? z[i] : v[k] + step * (z[i] - v[k]);
      });
      if (step === 1 && z.every((value) => value > 0)) {
        v = next;
        break;
      }
      set.forEach((k, i) => {
        if (z[i] <= 0 && v[k] / (v[k] - z[i]) <= step) {
          next[k] = 0;
          used.delete(k);
        }
      });
      v = next;
    }
  }
  throw new Error('nnls: no end found');
}

/** The codes of every column of X (d x N) against U (d x r): r x N. */
export function nnlsColumns(U: Dense, X: Dense): Dense {
  const V = dense(U.cols, X.cols);
  for (let j = 0; j < X.cols; j++) nnls(U, column(X, j)).forEach((value, k) => put(V, k, j, value));
  return V;
}
