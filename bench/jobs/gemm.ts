/**
 * Our product and the limit of the core, in whatever runtime: bench/subjects/gemm.ts.
 */
import { type Core, load } from '../../js/core/index.js';
import { gemm } from '../../js/core/dense/index.js';
import { type Matrix, matrix } from '../../js/data/index.js';
import { FLOPS_A_ROUND, openLimit } from '../limit.js';
import type { Operations } from '../runtimes.js';

/** out (M x R) = big (M x K) · small (K x R). */
export interface Shape {
  readonly M: number;
  readonly K: number;
  readonly R: number;
}

const ROUNDS = 2000;
/** Operations of one `limit`. */
export const LIMIT_FLOPS = 100 * ROUNDS * FLOPS_A_ROUND;

/** Values in [0, 1), cheap ones: no bit of them matters here. */
export function filled(rows: number, cols: number): Matrix {
  const out = matrix(rows, cols);
  let state = 1;
  for (let i = 0; i < out.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out.data[i] = (state >>> 8) * 2 ** -24;
  }
  return out;
}

let core: Core;
let multiply: () => void;
let rounds: (count: number) => number;
let panels = { at: 0, of: '' };

function product({ M, K, R }: Shape): () => void {
  const { exports: e } = core;
  if (panels.of !== `${M} x ${K}`) {
    e.release(start);
    const at = core.alloc(e.panelBytes(M, K));
    const mark = e.mark();
    const stage = core.alloc(8 * K * 4);
    const X = filled(M, K);
    for (let m = 0; m < M; m += 8) {
      const count = Math.min(8, M - m);
      core.f32(stage, count * K).set(X.data.subarray(m * K, (m + count) * K));
      e.packSome(at, stage, K, M, K, m, count);
    }
    e.release(mark);
    panels = { at, of: `${M} x ${K}` };
    afterPanels = e.mark();
  }
  e.release(afterPanels);
  const small = core.alloc(K * R * 4);
  core.f32(small, K * R).set(filled(K, R).data);
  const out = core.alloc(M * R * 4);
  const scratch = core.alloc(e.splatBytes(R, K, 1));
  return () => {
    gemm(e, { out, panels: panels.at, small, M, R, K, scratch });
  };
}

let start = 0;
let afterPanels = 0;

export const operations = {
  /** Makes the core; `wide` where the process was started with V8's flag for it. */
  open: async ({ wide = false }: { wide?: boolean }) => {
    core = await load();
    if (wide) core.widen();
    start = core.exports.mark();
    panels = { at: 0, of: '' };
  },
  /** Packs the operands; panels of the same size are kept. */
  prepare: (shape: Shape) => {
    multiply = product(shape);
    // Until the optimising compiler has replaced the first code.
    for (let i = 0; i < 3; i++) multiply();
  },
  run: () => {
    multiply();
  },
  openLimit: async () => {
    rounds = await openLimit();
  },
  limit: () => {
    for (let i = 0; i < 100; i++) rounds(ROUNDS);
  },
} satisfies Operations;
