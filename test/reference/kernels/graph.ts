/**
 * graph: k nearest neighbours of the columns of X, heat-kernel affinity, its sparse form and products
 * (method.md, Neighbourhood graph).
 *
 * @module
 */
import { type Dense, at, dense, put, tabulate } from './dense.js';

/** How sigma of the heat kernel is chosen. `local` is self-tuning: 2 sigma^2 -> 2 s_i s_j. */
export type SigmaRule = 'meanpair' | 'meanknn' | 'local';

/** Which neighbour's distance is s_i under `local` (Zelnik-Manor & Perona 2004). */
export const LOCAL_NEIGHBOUR = 7;

/** A symmetric affinity graph over N samples. */
export interface Graph {
  /** `neighbours[j]`: the k nearest samples of j, nearest first, j excluded. */
  readonly neighbours: readonly (readonly number[])[];
  /** One width per sample: all equal to sigma for a global rule, s_i under `local`. */
  readonly widths: Float64Array;
  /** N x N, w_ij = exp(-|x_i-x_j|^2 / (2 widths_i widths_j)) on edges, else 0. */
  readonly W: Dense;
}

/** Compressed sparse rows: row i holds `values[p]` at column `indices[p]`, p in [start[i], start[i+1]). */
export interface Csr {
  readonly rows: number;
  readonly cols: number;
  readonly start: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** N x N squared Euclidean distances of the columns of X (d x N), by straight differences. */
export function squaredDistances(X: Dense): Dense {
  return tabulate(X.cols, X.cols, (i, j) => {
    let sum = 0;
    for (let f = 0; f < X.rows; f++) {
      const difference = at(X, f, i) - at(X, f, j);
      sum += difference * difference;
    }
    return sum;
  });
}

/** The min(k, N-1) nearest other columns of every column, ordered by (distance, index). */
export function nearestNeighbours(X: Dense, k: number): number[][] {
  const S = squaredDistances(X);
  return Array.from({ length: X.cols }, (_, j) =>
    Array.from({ length: X.cols }, (_, i) => i)
      .filter((i) => i !== j)
      .sort((a, b) => at(S, j, a) - at(S, j, b) || a - b)
      .slice(0, k),
  );
}

/** The mean Euclidean distance over all pairs i < j; 0 without a pair. */
export function meanPairDistance(X: Dense): number {
  const S = squaredDistances(X);
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < X.cols; i++)
    for (let j = i + 1; j < X.cols; j++) {
      sum += Math.sqrt(at(S, i, j));
      pairs++;
    }
  return pairs === 0 ? 0 : sum / pairs;
}

/** The mean of all N·k neighbour distances; 0 without a neighbour. */
export function meanNeighbourDistance(X: Dense, k: number): number {
  const S = squaredDistances(X);
  const distances = nearestNeighbours(X, k).flatMap((list, j) => list.map((i) => Math.sqrt(at(S, j, i))));
  return distances.length === 0 ? 0 : distances.reduce((sum, x) => sum + x, 0) / distances.length;
}

/** The distance of every column to its `neighbour`-th nearest (clamped to N-1; 0 if there is none). */
export function localScales(X: Dense, neighbour = LOCAL_NEIGHBOUR): Float64Array {
  const S = squaredDistances(X);
  return Float64Array.from(nearestNeighbours(X, neighbour), (list, j) =>
    list.length === 0 ? 0 : Math.sqrt(at(S, j, list[list.length - 1])),
  );
}

/**
 * The heat-kernel graph over the columns of X (d x N): i~j if either is among the other's k nearest,
 * k clamped to N-1. Equal points have weight 1 whatever the width; under `local` distinct points one of
 * which has width 0 have weight 0, the limit.
 */
export function heatGraph(X: Dense, k: number, rule: SigmaRule = 'meanpair'): Graph {
  const N = X.cols;
  const S = squaredDistances(X);
  const neighbours = nearestNeighbours(X, k);
  const widths =
    rule === 'local'
      ? localScales(X)
      : new Float64Array(N).fill(rule === 'meanpair' ? meanPairDistance(X) : meanNeighbourDistance(X, k));
  const W = dense(N, N);
  for (let j = 0; j < N; j++)
    for (const i of neighbours[j]) {
      const square = at(S, i, j);
      const w = square === 0 ? 1 : Math.exp(-square / (2 * widths[i] * widths[j]));
      put(W, i, j, w);
      put(W, j, i, w);
    }
  return { neighbours, widths, W };
}

/** D: the row sums of W. */
export function degrees(W: Dense): Float64Array {
  return Float64Array.from({ length: W.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < W.cols; j++) sum += at(W, i, j);
    return sum;
  });
}

/** v^k L v^k^T for every row k of V (r x N), L = D - W, as a sum over edges: no cancellation, never < 0. */
export function laplacianRows(V: Dense, W: Dense): Float64Array {
  const rows = new Float64Array(V.rows);
  for (let k = 0; k < V.rows; k++)
    for (let i = 0; i < W.rows; i++)
      for (let j = i + 1; j < W.cols; j++) rows[k] += at(W, i, j) * (at(V, k, i) - at(V, k, j)) ** 2;
  return rows;
}

/** The graph in sparse rows, columns ascending. Every edge is stored, also one whose weight is 0. */
export function toCsr(graph: Graph): Csr {
  const N = graph.W.rows;
  const start = new Int32Array(N + 1);
  const indices: number[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++)
      if (graph.neighbours[i].includes(j) || graph.neighbours[j].includes(i)) indices.push(j);
    start[i + 1] = indices.length;
  }
  const values = new Float64Array(indices.length);
  for (let i = 0; i < N; i++)
    for (let p = start[i]; p < start[i + 1]; p++) values[p] = at(graph.W, i, indices[p]);
  return { rows: N, cols: N, start, indices: Int32Array.from(indices), values };
}

/** V W for a symmetric sparse W: (r x N)(N x N) -> r x N; entry (k, i) sums row i of W in storage order. */
export function timesCsr(V: Dense, W: Csr): Dense {
  return tabulate(V.rows, W.rows, (k, i) => {
    let sum = 0;
    for (let p = W.start[i]; p < W.start[i + 1]; p++) sum += W.values[p] * at(V, k, W.indices[p]);
    return sum;
  });
}
