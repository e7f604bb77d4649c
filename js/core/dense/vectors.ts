// The dense f64 kernels under the SVM solvers: dot products, symmetric products, Cholesky.
//
// Matrices are row-major `Float64Array`s. Symmetric ones are read and written in their lower triangle unless
// said otherwise. Every sum has one fixed order, so results have the same bits on every engine.

/** Length over which a symmetric product sums before it goes back to memory: two strips of it stay in L1/L2. */
const DEPTH = 256;

/** Σ a[i + t]·b[j + t] over t < n, in four interleaved partial sums. */
export function dot(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let s0 = 0,
    s1 = 0,
    s2 = 0,
    s3 = 0,
    t = 0;
  for (; t + 3 < n; t += 4) {
    s0 += a[(i + t) | 0] * b[(j + t) | 0];
    s1 += a[(i + t + 1) | 0] * b[(j + t + 1) | 0];
    s2 += a[(i + t + 2) | 0] * b[(j + t + 2) | 0];
    s3 += a[(i + t + 3) | 0] * b[(j + t + 3) | 0];
  }
  for (; t < n; t++) s0 += a[i + t] * b[j + t];
  return s0 + s1 + (s2 + s3);
}

/** y[j + t] += scale·x[i + t] over t < n. */
export function axpy(scale: number, x: Float64Array, i: number, y: Float64Array, j: number, n: number): void {
  let t = 0;
  for (; t + 3 < n; t += 4) {
    const from = (i + t) | 0,
      to = (j + t) | 0;
    y[to] += scale * x[from];
    y[to + 1] += scale * x[from + 1];
    y[to + 2] += scale * x[from + 2];
    y[to + 3] += scale * x[from + 3];
  }
  for (; t < n; t++) y[j + t] += scale * x[i + t];
}

/** tile (2 x 4) = dot products of two rows from `p` with four rows from `q`, rows `stride` apart, over `length`. */
function dots2x4(
  tile: Float64Array,
  a: Float64Array,
  p: number,
  q: number,
  stride: number,
  length: number,
): void {
  const p1 = p + stride,
    q1 = q + stride,
    q2 = q1 + stride,
    q3 = q2 + stride;
  let s00 = 0,
    s01 = 0,
    s02 = 0,
    s03 = 0,
    s10 = 0,
    s11 = 0,
    s12 = 0,
    s13 = 0;
  for (let t = 0; t < length; t = (t + 1) | 0) {
    const x0 = a[(p + t) | 0],
      x1 = a[(p1 + t) | 0],
      y0 = a[(q + t) | 0],
      y1 = a[(q1 + t) | 0],
      y2 = a[(q2 + t) | 0],
      y3 = a[(q3 + t) | 0];
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
  }
  tile[0] = s00;
  tile[1] = s01;
  tile[2] = s02;
  tile[3] = s03;
  tile[4] = s10;
  tile[5] = s11;
  tile[6] = s12;
  tile[7] = s13;
}

/** Σ a[i + t]·a[j + t] in one running sum: what one entry of {@link dots2x4} holds, bit for bit. */
function dots1x1(a: Float64Array, i: number, j: number, length: number): number {
  let s = 0;
  for (let t = 0; t < length; t++) s += a[i + t] * a[j + t];
  return s;
}

/** out (n x n, lower triangle) += scale·A Aᵀ for A (n x k). */
export function addSymmetricProduct(
  out: Float64Array,
  n: number,
  a: Float64Array,
  k: number,
  scale: number,
): void {
  const tile = new Float64Array(8);
  for (let from = 0; from < k; from += DEPTH) {
    const length = Math.min(DEPTH, k - from);
    for (let i = 0; i < n; i += 2)
      for (let j = 0; j < i + 2 && j < n; j += 4) {
        const whole = i + 2 <= n && j + 4 <= n;
        if (whole) dots2x4(tile, a, i * k + from, j * k + from, k, length);
        for (let r = 0; r < 2 && i + r < n; r++)
          for (let s = 0; s < 4 && j + s <= i + r; s++)
            out[(i + r) * n + j + s] +=
              scale * (whole ? tile[4 * r + s] : dots1x1(a, (i + r) * k + from, (j + s) * k + from, length));
      }
  }
}

/** Copies the lower triangle of an n x n matrix into the upper one. */
export function mirrorSquare(out: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[j * n + i] = out[i * n + j];
}

/** K = A Aᵀ (n x n, both triangles) of A (n x p). Cost n²p multiplications and additions. */
export function rowProducts(rows: Float64Array, n: number, p: number): Float64Array {
  const gram = new Float64Array(n * n);
  addSymmetricProduct(gram, n, rows, p, 1);
  mirrorSquare(gram, n);
  return gram;
}

/**
 * a (n x n, lower triangle) becomes its Cholesky factor L, a = L Lᵀ. Cost n³/3.
 *
 * The matrices here are D + (positive semidefinite) with a known diagonal D > 0, so no pivot can be less than
 * `floor` = D in exact arithmetic; one that is, by cancellation, is raised to it. The factor therefore always
 * exists, and what it inverts is positive definite.
 * @param floor smallest pivot: one number, or n of them
 */
export function choleskyFactor(a: Float64Array, n: number, floor: number | Float64Array): void {
  const tile = new Float64Array(8);
  for (let i = 0; i < n; i += 2)
    for (let j = 0; j < i + 2 && j < n; j += 4) {
      const whole = i + 2 <= n && j + 4 <= n;
      if (whole) dots2x4(tile, a, i * n, j * n, n, j);
      for (let r = i; r < i + 2 && r < n; r++)
        for (let s = j; s < j + 4 && s <= r; s++) {
          let v = a[r * n + s] - (whole ? tile[4 * (r - i) + s - j] : dots1x1(a, r * n, s * n, j));
          for (let t = j; t < s; t++) v -= a[r * n + t] * a[s * n + t];
          if (s < r) a[r * n + s] = v / a[s * n + s];
          else {
            const least = typeof floor === 'number' ? floor : floor[r];
            a[r * n + r] = Math.sqrt(v > least ? v : least);
          }
        }
    }
}

/** Solves L Lᵀ x = b in place for the factor of {@link choleskyFactor}. */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) b[i] = (b[i] - dot(l, i * n, b, 0, i)) / l[i * n + i];
  for (let i = n - 1; i >= 0; i--) {
    b[i] /= l[i * n + i];
    axpy(-b[i], l, i * n, b, 0, i);
  }
}
