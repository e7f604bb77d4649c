// The neighbourhood graph of all utterances (method.md, Neighbourhood graph).
import { aligned, type Core } from '../core.js';
import { type Pointer, runAffinity } from '../exports.js';
import type { Samples } from './samples.js';

/** How the width σ of the heat kernel follows from the data. */
export type SigmaRule = 'mean-pair' | 'mean-neighbour' | 'local';

/** Affinity W in compressed rows: entries `start[i] … start[i + 1]` belong to row i, columns ascending. */
export interface Graph {
  readonly neighbours: number;
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly weight: Float32Array;
  /** Row sums of W. */
  readonly degree: Float32Array;
  /** Width of the kernel; NaN-free: 0 where all points coincide; for `local` the mean of the widths. */
  readonly sigma: number;
}

/** Neighbour whose distance is the local width (Zelnik-Manor & Perona 2004, as method.md, Neighbourhood graph). */
const LOCAL = 7;

/** Bytes that `buildGraph` takes beside the Gram matrix. */
export function graphBytes(core: Core, N: number, neighbours: number): number {
  const k = Math.min(Math.max(neighbours, LOCAL), Math.max(N - 1, 1));
  return (
    aligned(N * k * 4) +
    aligned(N * k * 8) +
    aligned(core.exports.nearestBytes(N, k)) +
    aligned((N + 1) * 4) +
    2 * aligned(2 * N * k * 4) +
    2 * aligned(N * 4) +
    aligned(N * 8)
  );
}

/**
 * k nearest neighbours of each row (k clamped to N − 1), joined if either is the other's neighbour,
 * weighted by exp(−|x_i − x_j|² / 2σ²). `gram`: X Xᵀ in the arena.
 */
export function buildGraph(samples: Samples, gram: Pointer, neighbours: number, rule: SigmaRule): Graph {
  const { core, N, d, columns } = samples;
  const k = Math.min(neighbours, N - 1);
  if (k < 1)
    return {
      neighbours: 0,
      start: new Int32Array(N + 1),
      column: new Int32Array(0),
      weight: new Float32Array(0),
      degree: new Float32Array(N),
      sigma: 0,
    };
  return core.scoped(() => {
    const { exports } = core;
    const searched = rule === 'local' ? Math.min(Math.max(k, LOCAL), N - 1) : k;
    const index = core.alloc(N * searched * 4);
    const square = core.alloc(N * searched * 8);
    const scratch = core.alloc(exports.nearestBytes(N, searched));
    const pairSum = exports.nearest(index, square, gram, columns, scratch, N, d, searched);
    let sigma = 0;
    let local = 0;
    if (rule === 'mean-pair') sigma = pairSum / ((N * (N - 1)) / 2);
    else if (rule === 'mean-neighbour') {
      const squares = core.f64(square, N * searched);
      for (let i = 0; i < squares.length; i++) sigma += Math.sqrt(squares[i]);
      sigma /= squares.length;
    } else {
      local = core.alloc(N * 8);
      const squares = core.f64(square, N * searched);
      const widths = core.f64(local, N);
      const at = Math.min(LOCAL, searched) - 1;
      for (let i = 0; i < N; i++) {
        widths[i] = Math.sqrt(squares[i * searched + at]);
        sigma += widths[i];
      }
      sigma /= N;
    }
    const start = core.alloc((N + 1) * 4);
    const column = core.alloc(2 * N * k * 4);
    const weight = core.alloc(2 * N * k * 4);
    const degree = core.alloc(N * 4);
    const end = core.alloc(N * 4);
    const scale = 2 * sigma * sigma;
    const lists = { index, square, N, ld: searched, k };
    const entries = runAffinity(exports, { start, column, weight, degree, end, ...lists, scale, local });
    return {
      neighbours: k,
      start: core.i32(start, N + 1).slice(),
      column: core.i32(column, entries).slice(),
      weight: core.f32(weight, entries).slice(),
      degree: core.f32(degree, N).slice(),
      sigma,
    };
  });
}
