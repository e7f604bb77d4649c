/**
 * gemm: the three matrix products of the core, written out.
 *
 * @module
 */
import { type Dense, multiply, transpose } from './dense.js';

/** A B: (p x q)(q x s) -> p x s. */
export function gemmNN(A: Dense, B: Dense): Dense {
  return multiply(A, B);
}

/** A^T B: (q x p)^T (q x s) -> p x s. */
export function gemmTN(A: Dense, B: Dense): Dense {
  return multiply(transpose(A), B);
}

/** A B^T: (p x q)(s x q)^T -> p x s. */
export function gemmNT(A: Dense, B: Dense): Dense {
  return multiply(A, transpose(B));
}
