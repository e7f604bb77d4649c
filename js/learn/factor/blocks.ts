/**
 * The steps of the three blocks U, H and V: once by multiplicative rules (method.md, Multiplicative updates), or repeated by coordinate
 * descent (method.md, Repeated steps, method.md, Coordinate descent).
 *
 * @module
 */
import { gemm } from '../../core/dense/index.js';
import {
  runCodesStep,
  runCoordinateCodes,
  runCoordinateLabels,
  runCoordinateRows,
  runTransfer,
} from '../../core/index.js';
import { regularity } from './objective.js';
import type { FactorSpace } from './space.js';
import { ENOUGH, type Repeated, repeatSteps, type Step, stepLimit } from './inner-steps.js';

/** From Σ (x' − x)², Σ R² and Σ x², which the kernels leave in `stats`. */
function measured({ core, at }: FactorSpace): Step {
  const [change, residual, size] = core.f64(at.stats, 3);
  return { change, residual: size > 0 ? Math.sqrt(residual / size) : 0 };
}

/** CᵀC + diag ρ into `square` and the reciprocals of its diagonal into `row`; ρ only under the invariant objective (method.md, Scale). */
function prepareU(space: FactorSpace, t: number): void {
  const { core, at } = space;
  const { r, scale, lambda, gamma } = space.descent;
  space.copy(at.square, space.slot(t).CC, r * r);
  const B = core.f32(at.square, r * r);
  if (scale === 'invariant' && (lambda > 0 || gamma > 0)) {
    const { roughness, discrepancy } = regularity(space, t);
    for (let k = 0; k < r; k++) B[k * r + k] += lambda * roughness[k] + gamma * discrepancy[k];
  }
  space.row(Float64Array.from({ length: r }, (_, k) => space.inverse(B[k * r + k])));
}

/** One multiplicative step of U; the KKT residual before it. Needs Xᵀ C. */
function ratioU(space: FactorSpace, t: number): number {
  const { U, XC } = space.slot(t);
  const { square, row, stats, scratch } = space.at;
  space.e.ratioStep(U, XC, square, row, space.samples.d, space.descent.r, stats, scratch);
  return measured(space).residual;
}

/** The step of U. Needs Xᵀ C, in whose place coordinate descent leaves the U from before. */
export function stepU(space: FactorSpace, t: number): Repeated {
  const { N, d } = space.samples;
  const { r, update } = space.descent;
  prepareU(space, t);
  if (update === 'mu') return [1, ratioU(space, t)];
  const { U, XC } = space.slot(t);
  const { square, row, stats, scratch } = space.at;
  const count = runCoordinateRows(space.e, {
    x: U,
    num: XC,
    B: square,
    inverse: row,
    rows: d,
    r,
    floor: space.floor,
    limit: stepLimit(d, N, r),
    enough: ENOUGH,
    stats,
    scratch,
  });
  return [count, measured(space).residual];
}

/** The step of H. Its limit is U's (method.md, Repeated steps). */
export function stepH(space: FactorSpace, t: number): Repeated {
  const { N, d } = space.samples;
  const { r, update, beta } = space.descent;
  if (!(beta > 0)) return [0, 0];
  if (update === 'mu') return [1, ratioH(space, t)];
  return repeatSteps(() => coordinateH(space, t), stepLimit(d, N, r));
}

function ratioH(space: FactorSpace, t: number): number {
  const { C, H } = space.slot(t);
  const { label, stats, scratch } = space.at;
  const { groups, descent, c } = space;
  space.e.labelStep(H, C, label, groups.labelled, descent.r, c, ...space.labelWeights(), stats, scratch);
  return measured(space).residual;
}

function coordinateH(space: FactorSpace, t: number): Step {
  const n = space.groups.labelled;
  const { r } = space.descent;
  const { C, H } = space.slot(t);
  const { label, stats, scores } = space.at;
  space.e.scores(scores, C, H, n, r, space.c);
  const { c, floor } = space;
  const [own, other] = space.labelWeights();
  runCoordinateLabels(space.e, { H, C, S: scores, label, n, r, c, own, other, floor, stats });
  return measured(space);
}

/** The step of the codes. Needs X U, and UᵀU in `square`. */
export function stepV(space: FactorSpace, t: number): Repeated {
  const { N, d } = space.samples;
  const { r, update } = space.descent;
  if (update === 'mu') return [1, ratioV(space, t, true)];
  return repeatSteps(() => coordinateV(space, t), stepLimit(N, d, r));
}

function coordinateV(space: FactorSpace, t: number): Step {
  const { e, at, c } = space;
  const { N } = space.samples;
  const { labelled: n, sources, targets } = space.groups;
  const { r, alpha, beta, lambda, gamma } = space.descent;
  const { C, H, XU } = space.slot(t);
  const [own, other] = space.labelWeights();
  groupVectors(space, t);
  if (beta > 0) e.scores(at.scores, C, H, n, r, c);
  const { start, column, weight, degree, group, label, sizes, curve, size, stats, scratch } = at;
  runCoordinateCodes(e, {
    ...{
      C,
      P: XU,
      B: at.square,
      S: at.scores,
      H,
      start,
      column,
      weight,
      degree,
      group,
      label,
      sizes,
      curve,
      size,
    },
    ...{
      N,
      n,
      r,
      c,
      sources,
      targets,
      alpha,
      beta,
      gamma,
      lambda,
      own,
      other,
      floor: space.floor,
      stats,
      scratch,
    },
  });
  return measured(space);
}

/** One multiplicative step of the codes; with `keep` false only its residual is wanted. */
function ratioV(space: FactorSpace, t: number, keep: boolean): number {
  const { e, at, c } = space;
  const { N } = space.samples;
  const { r, beta, lambda } = space.descent;
  const { C, H, XU } = space.slot(t);
  const [own, other] = space.labelWeights();
  groupVectors(space, t);
  if (lambda > 0) e.affinityProduct(at.WC, C, at.start, at.column, at.weight, N, r);
  e.packRows(at.panels, C, r, N, r);
  const { den, WC, degree, group, label, pull, push, curve, size, stats, scratch } = at;
  gemm(e, { out: den, panels: at.panels, small: at.square, M: N, R: r, K: r, scratch });
  runCodesStep(e, {
    ...{ out: at.next, C, P: XU, den, WC, degree, group, label, pull, push, curve, size, H },
    ...{ N, r, c, lambda, beta, own, other, stats, scratch },
  });
  if (keep) space.copy(C, at.next, N * r);
  return measured(space).residual;
}

/** The KKT residuals of U and H, each at the present factors, which stay as they are. Needs Xᵀ C. */
export function residualsUH(space: FactorSpace, t: number): { U: number; H: number } {
  const { core, c } = space;
  const { d } = space.samples;
  const { r, beta } = space.descent;
  const { U, H } = space.slot(t);
  const kept = [core.f32(U, d * r).slice(), core.f32(H, c * r).slice()];
  prepareU(space, t);
  const found = { U: ratioU(space, t), H: beta > 0 ? ratioH(space, t) : 0 };
  core.f32(U, d * r).set(kept[0]);
  core.f32(H, c * r).set(kept[1]);
  return found;
}

/** The KKT residual of the codes. Needs X U, and UᵀU in `square`. */
export function residualV(space: FactorSpace, t: number): number {
  return ratioV(space, t, false);
}

/** What every row of a group receives: MMD's pull and push, the labels' numerator, curvatures. */
function groupVectors(space: FactorSpace, t: number): void {
  const { core, e, at, c } = space;
  const { N } = space.samples;
  const { sources, targets } = space.groups;
  const { r, alpha, beta, gamma, scale } = space.descent;
  const { C, H } = space.slot(t);
  const G = (sources + targets) * (c + 1);
  if (gamma > 0) {
    e.groupSums(at.sums, at.sizes, C, at.group, N, r, G);
    const { pull, push, diagonal, sums, sizes } = at;
    runTransfer(e, { pull, push, diagonal, sums, sizes, r, c, sources, targets, alpha, gamma });
  } else {
    core.f32(at.pull, G * r).fill(0);
    core.f32(at.push, G * r).fill(0);
    core.f32(at.diagonal, G).fill(0);
  }
  const square = core.f32(at.square, r * r);
  const curve = core.f32(at.curve, G * r);
  const diagonal = core.f32(at.diagonal, G);
  // Under the invariant objective row k of V carries |u_k|² of the regularisers: 1, but for dead atoms.
  const size = core.f32(at.size, r);
  for (let k = 0; k < r; k++) size[k] = scale === 'invariant' ? square[k * r + k] : 1;
  const pull = core.f32(at.pull, G * r);
  const push = core.f32(at.push, G * r);
  for (let g = 0; g < G; g++)
    for (let k = 0; k < r; k++) {
      const i = g * r + k;
      pull[i] *= size[k];
      push[i] *= size[k];
      curve[i] = square[k * r + k] + diagonal[g] * size[k];
    }
  if (!(beta > 0)) return;
  for (let part = 0; part < sources + targets; part++) {
    // Labels of the target are pseudo labels, but for those that are known.
    if (part === sources) continue;
    const at4 = part * (c + 1) * r * 4;
    e.labelVectors(at.pull + at4, at.curve + at4, H, c, r, beta, ...space.labelWeights());
  }
}
