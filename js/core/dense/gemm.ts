// Products of an f32 operand in panels with another one (assembly/core/linear/gemm.ts).
import { type Exports, type Gemm, runGemm, SMALL_ROWS } from '../exports.js';

/** What every product names; {@link gemm} says what the others are. */
type Product = Pick<Gemm, 'out' | 'panels' | 'small' | 'M' | 'R' | 'K' | 'scratch'> & Partial<Gemm>;

/**
 * out (M x R) = panels (M x K) · small (K x R). Unless the product says otherwise it is a single one, rows of `out` and
 * of `small` have R values, and `small` is given by its rows.
 */
export function gemm(e: Exports, { out, panels, small, M, R, K, scratch, ...more }: Product): void {
  const { ldo = R, outPart = 0, lds = R, smallPart = 0, form = SMALL_ROWS, parts = 1, symmetric = 0 } = more;
  runGemm(e, { out, ldo, outPart, panels, small, lds, smallPart, form, M, R, K, parts, symmetric, scratch });
}
