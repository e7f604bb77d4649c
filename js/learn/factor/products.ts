/**
 * The products of a factorisation: the two with X, which cost most of an iteration, and the Gram matrices of
 * the factors.
 *
 * @module
 */
import { type Pointer, SMALL_ROWS } from '../../core/exports.js';
import { GRAM_ROWS } from './memory.js';
import type { FactorSpace } from './space.js';

/** Xᵀ C of `parts` trials from `first`. */
export function multiplyXC(space: FactorSpace, first: number, parts: number): void {
  const { N, d, columns } = space.samples;
  const { r } = space.descent;
  const { XC, C } = space.slot(first);
  const { scratch } = space.at;
  space.e.gemm(XC, r, d * r * 4, columns, C, r, N * r * 4, SMALL_ROWS, d, r, N, parts, 0, scratch);
}

/** X U of `parts` trials from `first`. */
export function multiplyXU(space: FactorSpace, first: number, parts: number): void {
  const { N, d, rows } = space.samples;
  const { r } = space.descent;
  const { XU, U } = space.slot(first);
  const { scratch } = space.at;
  space.e.gemm(XU, r, N * r * 4, rows, U, r, d * r * 4, SMALL_ROWS, N, r, d, parts, 0, scratch);
}

/** UᵀU of a trial, into `square`. */
export function dictionaryGram(space: FactorSpace, t: number): void {
  gram(space, space.at.square, space.slot(t).U, space.samples.d);
}

/** CᵀC of a trial, into its `CC`. */
export function codesGram(space: FactorSpace, t: number): void {
  const { CC, C } = space.slot(t);
  gram(space, CC, C, space.samples.N);
}

/** Parts of GRAM_ROWS rows are added in order, in f32. */
function gram({ core, e, at, descent }: FactorSpace, out: Pointer, factor: Pointer, rows: number): void {
  const { r } = descent;
  const { panels, partial, scratch } = at;
  for (let first = 0; first < rows; first += GRAM_ROWS) {
    const count = Math.min(GRAM_ROWS, rows - first);
    const part = factor + first * r * 4;
    const to = first === 0 ? out : partial;
    e.packColumns(panels, part, r, r, count, 0, count);
    e.gemm(to, r, 0, panels, part, r, 0, SMALL_ROWS, r, r, count, 1, 1, scratch);
    if (first === 0) continue;
    const [sum, more] = [core.f32(out, r * r), core.f32(partial, r * r)];
    for (let i = 0; i < sum.length; i++) sum[i] += more[i];
  }
}
