/**
 * The stored numbers of the weight estimators (test/golden/importance.json), and inner products to get at them.
 *
 * @module
 */
import type { Core } from '../../../../js/core/core.js';
import { gram, pack } from '../../../../js/core/samples/samples.js';
import { readGolden, type StoredMatrix } from '../../../reference/golden.js';

interface StoredWeights {
  readonly S: StoredMatrix;
  readonly T: StoredMatrix;
  readonly medianSigmaPooled: number;
  readonly kmm: readonly {
    readonly sigma: number;
    readonly B: number;
    readonly eps: number;
    readonly obj: number;
    readonly lo: number;
    readonly hi: number;
  }[];
  readonly kliep: {
    readonly sigma: number;
    readonly w: readonly number[];
    readonly obj: number;
    readonly em_first5: readonly number[];
    readonly cv: { readonly sigmas: readonly number[]; readonly score: readonly number[] };
  };
  readonly ulsif: {
    readonly cases: readonly {
      readonly sigma: number;
      readonly lam: number;
      readonly alpha: readonly number[];
      readonly w: readonly number[];
      readonly loocv: number;
    }[];
  };
}

export const STORED = readGolden<StoredWeights>('importance');
export const n = STORED.S.rows;
export const m = STORED.T.rows;
export const N = n + m;

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

/** Rows of both matrices, source first. */
export const ROWS = [STORED.S, STORED.T].flatMap(({ rows, cols, data }) =>
  range(0, rows).map((i) => data.slice(i * cols, (i + 1) * cols)),
);

/** Inner products of all rows in float64. */
export function exactGram(rows: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(rows.flatMap((a) => rows.map((b) => a.reduce((sum, x, k) => sum + x * b[k], 0))));
}

/** Inner products of all rows as a fit has them: float32, by the kernels of the core. */
export function wasmGram(core: Core): Float32Array {
  const [source, target] = [STORED.S, STORED.T].map(({ rows, cols, data }) => ({
    rows,
    cols,
    data: Float32Array.from(data),
  }));
  return core.scoped(() => core.f32(gram(pack(core, source, target)), N * N).slice());
}
