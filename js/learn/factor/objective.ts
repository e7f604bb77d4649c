/**
 * The objective of a factorisation and its regularisers, from products that are there anyway.
 *
 * @module
 */
import type { Objective } from './descent.js';
import type { FactorSpace } from './space.js';

/** v^k L v^kᵀ and v^k M v^kᵀ for every row k of V. */
export function regularity(
  space: FactorSpace,
  t: number,
): { roughness: Float64Array; discrepancy: Float64Array } {
  const { core, e, at, c } = space;
  const { N } = space.samples;
  const { sources, targets } = space.groups;
  const { r, alpha, lambda, gamma } = space.descent;
  const { C } = space.slot(t);
  if (lambda > 0) e.roughness(at.roughness, C, at.start, at.column, at.weight, N, r);
  if (gamma > 0) {
    e.groupSums(at.sums, at.sizes, C, at.group, N, r, (sources + targets) * (c + 1));
    e.discrepancy(at.discrepancy, at.sums, at.sizes, r, c, sources, targets, alpha);
  }
  return {
    roughness: lambda > 0 ? core.f64(at.roughness, r).slice() : new Float64Array(r),
    discrepancy: gamma > 0 ? core.f64(at.discrepancy, r).slice() : new Float64Array(r),
  };
}

/** The objective from X U, UᵀU (`square`) and CᵀC of the present factors, summed in f64. */
export function objective(space: FactorSpace, t: number): Objective {
  const { core, e, at, c } = space;
  const { N, square: data } = space.samples;
  const n = space.groups.labelled;
  const { r, beta, lambda, gamma, scale } = space.descent;
  const { C, H, XU, CC } = space.slot(t);
  const fit = data - 2 * e.dot(XU, C, N * r) + e.dot(at.square, CC, r * r);
  const { roughness, discrepancy } = regularity(space, t);
  const square = core.f32(at.square, r * r);
  let graph = 0;
  let mmd = 0;
  for (let k = 0; k < r; k++) {
    const norm = scale === 'invariant' ? square[k * r + k] : 1;
    graph += norm * roughness[k];
    mmd += norm * discrepancy[k];
  }
  let label = 0;
  let labelPaper = 0;
  if (beta > 0) {
    e.scores(at.scores, C, H, n, r, c);
    label = beta * e.labelLoss(at.scores, at.label, n, c, ...space.labelWeights());
    labelPaper = beta * e.labelLoss(at.scores, at.label, n, c, ...space.labelWeights(2));
  }
  graph *= lambda;
  mmd *= gamma;
  return { total: fit + label + graph + mmd, fit, label, labelPaper, graph, mmd };
}
