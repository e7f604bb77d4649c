// What signed dual coefficients c_i = y_i a_i stand for: weights w = Σ c_i x_i, decision values f = K c.
import { axpy } from '../../core/dense/index.js';

/** f = K c; rows with a zero coefficient cost nothing. */
export function decisionsOf(gram: Float64Array, c: Float64Array): Float64Array {
  const n = c.length;
  const f = new Float64Array(n);
  for (let i = 0; i < n; i++) if (c[i] !== 0) axpy(c[i], gram, i * n, f, 0, n);
  return f;
}

/** w = Σ c_i x_i of n rows of p values. */
export function weightsOf(rows: Float64Array, p: number, c: Float64Array): Float64Array {
  const w = new Float64Array(p);
  for (let i = 0; i < c.length; i++) if (c[i] !== 0) axpy(c[i], rows, i * p, w, 0, p);
  return w;
}
