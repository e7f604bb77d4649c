// The graph of the nearest neighbours, once for all fits that share it.
import type { Pointer } from '../../core/index.js';
import { buildGraph, type Graph, type SigmaRule } from '../../core/samples/index.js';
import type { FitContext } from './procedure.js';

/** Options of the graph. */
interface GraphOptions {
  readonly normalize: string;
  readonly neighbours: number;
  readonly sigma: SigmaRule;
}

/** @param gram X Xᵀ, in the arena */
export function sharedGraph(
  { options, samples, shared, report }: Omit<FitContext<GraphOptions>, 'spread'>,
  gram: Pointer,
): Graph {
  const { normalize, neighbours, sigma } = options;
  report('graph', 0, 1);
  const graph = shared.once('graph', { normalize, neighbours, sigma }, (key) =>
    buildGraph(samples, gram, key.neighbours, key.sigma),
  );
  report('graph', 1, 1);
  return graph;
}
