/**
 * The N x N matrix of what a subspace should make small: the discrepancy of the corpora and, weighted, the roughness
 * of the codes over a graph.
 *
 * @module
 */
import type { Graph } from '../../core/samples/index.js';

/**
 * K = a aᵀ + mu L (N x N, symmetric, row-major): a has 1 / n for each source utterance and −1 / m for each of the
 * target, L is the Laplacian of the graph.
 *
 * @param labels class index of each source utterance, −1 for none; given, the graph among the source's utterances is
 *   replaced: 1 / n_k between two of class k, 0 otherwise
 */
export function transferMatrix(graph: Graph, n: number, mu: number, labels: Int32Array | null): Float64Array {
  const N = graph.degree.length;
  const K = new Float64Array(N * N);
  if (labels !== null) {
    const sizes = new Map<number, number>();
    for (const k of labels) sizes.set(k, (sizes.get(k) ?? 0) + 1);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (i !== j && labels[i] >= 0 && labels[i] === labels[j])
          K[i * N + j] = -1 / (sizes.get(labels[i]) as number);
  }
  for (let i = 0; i < N; i++)
    for (let at = graph.start[i]; at < graph.start[i + 1]; at++) {
      const j = graph.column[at];
      if (labels === null || i >= n || j >= n) K[i * N + j] = -graph.weight[at];
    }
  const share = (j: number): number => (j < n ? 1 / n : -1 / (N - n));
  for (let i = 0; i < N; i++) {
    let degree = 0;
    for (let j = 0; j < N; j++) degree -= K[i * N + j];
    K[i * N + i] += degree;
    for (let j = 0; j < N; j++) K[i * N + j] = mu * K[i * N + j] + share(i) * share(j);
  }
  return K;
}
