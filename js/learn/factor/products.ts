// The products of a factorisation: the two with X, which cost most of an iteration, and the Gram matrices of
// the factors.
import { gemm } from '../../core/dense/index.js';
import type { Pointer } from '../../core/index.js';
import { GRAM_ROWS } from './memory.js';
import type { FactorSpace } from './space.js';

/** Xᵀ C of `parts` trials from `first`. */
export function multiplyXC(space: FactorSpace, first: number, parts: number): void {
  const { N, d, columns } = space.samples;
  const { r } = space.descent;
  const { XC, C } = space.slot(first);
  const { scratch } = space.at;
  const batch = { parts, outPart: d * r * 4, smallPart: N * r * 4 };
  gemm(space.e, { out: XC, panels: columns, small: C, M: d, R: r, K: N, ...batch, scratch });
}

/** X U of `parts` trials from `first`. */
export function multiplyXU(space: FactorSpace, first: number, parts: number): void {
  const { N, d, rows } = space.samples;
  const { r } = space.descent;
  const { XU, U } = space.slot(first);
  const { scratch } = space.at;
  const batch = { parts, outPart: N * r * 4, smallPart: d * r * 4 };
  gemm(space.e, { out: XU, panels: rows, small: U, M: N, R: r, K: d, ...batch, scratch });
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
    gemm(e, { out: to, panels, small: part, M: r, R: r, K: count, symmetric: 1, scratch });
    if (first === 0) continue;
    const [sum, more] = [core.f32(out, r * r), core.f32(partial, r * r)];
    for (let i = 0; i < sum.length; i++) sum[i] += more[i];
  }
}
