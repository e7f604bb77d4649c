// cholesky — A = L Lᵀ in f64, and solving with the factor.
import { apart, bytesOf, counts } from '../../operands';
import { multiply, add64, dot64, scale64 } from './f64-rows';

/** Rows and columns a block (ours). */
const NB: i32 = 64;

/** Address of entry (i, j). */
@inline
function at(A: usize, n: i32, i: i32, j: i32): usize {
  return A + ((<usize>i * <usize>n + <usize>j) << 3);
}

/**
 * The lower triangle of A (n x n) becomes L. What is above the diagonal is not read; up to three places above it are
 * overwritten. Returns −1, or the first row whose pivot is not above 0: A is not positive definite.
 * scratch: multiplyBytes(NB, n). Cost: n³/3 flops.
 */
export function cholesky(A: usize, n: i32, scratch: usize): i32 {
  assert(counts(n));
  assert(apart(A, bytesOf<f64>(n, n), scratch, 1));
  for (let j0 = 0; j0 < n; j0 += NB) {
    const end = min(j0 + NB, n);
    const rows = at(A, n, j0, 0);
    multiply(at(A, n, j0, j0), n, rows, n, 1, rows, 1, n, n - j0, end - j0, j0, -1, true, false, scratch);
    for (let i = j0; i < n; i++)
      for (let j = j0; j <= min(i, end - 1); j++) {
        const entry = at(A, n, i, j);
        const rest = load<f64>(entry) - dot64(at(A, n, i, j0), at(A, n, j, j0), j - j0);
        if (i != j) store<f64>(entry, rest / load<f64>(at(A, n, j, j)));
        else if (rest > 0 && rest < Infinity) store<f64>(entry, sqrt<f64>(rest));
        else return i;
      }
  }
  return -1;
}

/**
 * B (n x R, `ld` values a row) ← L⁻¹ B, or L⁻ᵀ B with `transposed`. L: the lower triangle of an n x n matrix.
 * scratch: multiplyBytes(R, n). Cost: n²R flops.
 */
export function solveTriangle(
  B: usize,
  ld: i32,
  L: usize,
  n: i32,
  R: i32,
  transposed: bool,
  scratch: usize,
): void {
  assert(counts(n, R) && ld >= R);
  assert(apart(L, bytesOf<f64>(n, n), scratch, 1));
  const blocks = (n + NB - 1) / NB;
  for (let t = 0; t < blocks; t++) {
    const i0 = (transposed ? blocks - 1 - t : t) * NB;
    const end = min(i0 + NB, n);
    const done = transposed ? end : 0;
    const K = transposed ? n - end : i0;
    const rows = transposed ? at(L, n, end, i0) : at(L, n, i0, 0);
    const known = at(B, ld, done, 0);
    const aRow = transposed ? 1 : n;
    const aCol = transposed ? n : 1;
    multiply(at(B, ld, i0, 0), ld, rows, aRow, aCol, known, ld, 1, end - i0, R, K, -1, true, false, scratch);
    for (let s = 0; s < end - i0; s++) {
      const i = transposed ? end - 1 - s : i0 + s;
      const row = at(B, ld, i, 0);
      const to = transposed ? end : i;
      for (let j = transposed ? i + 1 : i0; j < to; j++)
        add64(row, -load<f64>(transposed ? at(L, n, j, i) : at(L, n, i, j)), at(B, ld, j, 0), R);
      scale64(row, 1.0 / load<f64>(at(L, n, i, i)), R);
    }
  }
}
