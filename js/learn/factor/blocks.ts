/**
 * The steps of the three blocks U, H and V, by multiplicative rules or coordinate descent (method.md, Multiplicative
 * updates, method.md, Coordinate descent), repeated where the update says so (method.md, Repeated steps).
 *
 * @module
 */
import { SMALL_ROWS } from '../../core/exports.js';
import { regularity } from './objective.js';
import type { FactorSpace } from './space.js';
import { enough, repeatSteps, type Repeated, type Step, stepLimit } from './inner-steps.js';

/** Multiplicative steps or coordinate descent. */
type Rules = 'mu' | 'hals';

function rulesOf({ descent: { update } }: FactorSpace): Rules {
  return update === 'hals' || update === 'accelerated-hals' ? 'hals' : 'mu';
}

/** From Σ (x' − x)², Σ R² and Σ x², which the kernels leave in `stats`. */
function measured({ core, at }: FactorSpace): Step {
  const [change, residual, size] = core.f64(at.stats, 3);
  return { change, residual: size > 0 ? Math.sqrt(residual / size) : 0 };
}

/**
 * CᵀC + diag ρ into `square` and the reciprocals of its diagonal into `row`; ρ only under the invariant objective
 * (method.md, Scale).
 */
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

/** One multiplicative step of U. Needs Xᵀ C. */
function ratioU(space: FactorSpace, t: number): Step {
  const { U, XC } = space.slot(t);
  const { square, row, stats, scratch } = space.at;
  space.e.ratioStep(U, XC, square, row, space.samples.d, space.descent.r, stats, scratch);
  return measured(space);
}

/** The step of U. Needs Xᵀ C, in whose place coordinate descent leaves the U from before. */
export function stepU(space: FactorSpace, t: number): Repeated {
  const { N, d } = space.samples;
  const { r, update } = space.descent;
  const limit = stepLimit(update, d, N, r);
  prepareU(space, t);
  if (rulesOf(space) === 'mu') return repeatSteps(() => ratioU(space, t), limit, update);
  const { U, XC } = space.slot(t);
  const { square, row, stats, scratch } = space.at;
  const count = space.e.coordinateRows(
    U,
    XC,
    square,
    row,
    d,
    r,
    space.floor,
    limit,
    enough(update),
    stats,
    scratch,
  );
  return [count, measured(space).residual];
}

/** The step of H. Its limit is U's (method.md, Repeated steps). */
export function stepH(space: FactorSpace, t: number): Repeated {
  const { N, d } = space.samples;
  const { r, update, beta } = space.descent;
  if (!(beta > 0)) return [0, 0];
  const step = rulesOf(space) === 'mu' ? ratioH : coordinateH;
  return repeatSteps(() => step(space, t), stepLimit(update, d, N, r), update);
}

function ratioH(space: FactorSpace, t: number): Step {
  const { C, H } = space.slot(t);
  const { group, stats, scratch } = space.at;
  const { samples, descent, c } = space;
  space.e.labelStep(H, C, group, samples.n, descent.r, c, ...space.gamma(), stats, scratch);
  return measured(space);
}

function coordinateH(space: FactorSpace, t: number): Step {
  const { n } = space.samples;
  const { r } = space.descent;
  const { C, H } = space.slot(t);
  const { group, stats, scores } = space.at;
  space.e.scores(scores, C, H, n, r, space.c);
  space.e.coordinateLabels(H, C, scores, group, n, r, space.c, ...space.gamma(), space.floor, stats);
  return measured(space);
}

/** The step of the codes. Needs X U, and UᵀU in `square`. */
export function stepV(space: FactorSpace, t: number): Repeated {
  const { N, d } = space.samples;
  const { r, update } = space.descent;
  const step = rulesOf(space) === 'mu' ? () => ratioV(space, t, true) : () => coordinateV(space, t);
  return repeatSteps(step, stepLimit(update, N, d, r), update);
}

function coordinateV(space: FactorSpace, t: number): Step {
  const { e, at, c } = space;
  const { n, N } = space.samples;
  const { r, alpha, beta, lambda, gamma } = space.descent;
  const { C, H, XU } = space.slot(t);
  const [own, other] = space.gamma();
  groupVectors(space, t);
  if (beta > 0) e.scores(at.scores, C, H, n, r, c);
  e.coordinateCodes(
    C,
    XU,
    at.square,
    at.scores,
    H,
    at.start,
    at.column,
    at.weight,
    at.degree,
    at.group,
    at.sizes,
    at.curve,
    at.size,
    N,
    n,
    r,
    c,
    alpha,
    beta,
    gamma,
    lambda,
    own,
    other,
    space.floor,
    at.stats,
    at.scratch,
  );
  return measured(space);
}

/** One multiplicative step of the codes; with `keep` false only its residual is wanted. */
function ratioV(space: FactorSpace, t: number, keep: boolean): Step {
  const { e, at, c } = space;
  const { N } = space.samples;
  const { r, beta, lambda } = space.descent;
  const { C, H, XU } = space.slot(t);
  const [own, other] = space.gamma();
  groupVectors(space, t);
  if (lambda > 0) e.affinityProduct(at.WC, C, at.start, at.column, at.weight, N, r);
  e.packRows(at.panels, C, r, N, r);
  e.gemm(at.den, r, 0, at.panels, at.square, r, 0, SMALL_ROWS, N, r, r, 1, 0, at.scratch);
  e.codesStep(
    at.next,
    C,
    XU,
    at.den,
    at.WC,
    at.degree,
    at.group,
    at.pull,
    at.push,
    at.curve,
    at.size,
    H,
    N,
    r,
    c,
    lambda,
    beta,
    own,
    other,
    at.stats,
    at.scratch,
  );
  if (keep) space.copy(C, at.next, N * r);
  return measured(space);
}

/** The KKT residuals of U and H, each at the present factors, which stay as they are. Needs Xᵀ C. */
export function residualsUH(space: FactorSpace, t: number): { U: number; H: number } {
  const { core, c } = space;
  const { d } = space.samples;
  const { r, beta } = space.descent;
  const { U, H } = space.slot(t);
  const kept = [core.f32(U, d * r).slice(), core.f32(H, c * r).slice()];
  prepareU(space, t);
  const found = { U: ratioU(space, t).residual, H: beta > 0 ? ratioH(space, t).residual : 0 };
  core.f32(U, d * r).set(kept[0]);
  core.f32(H, c * r).set(kept[1]);
  return found;
}

/** The KKT residual of the codes. Needs X U, and UᵀU in `square`. */
export function residualV(space: FactorSpace, t: number): number {
  return ratioV(space, t, false).residual;
}

/** What every row of a group receives: MMD's pull and push, the labels' numerator, curvatures. */
function groupVectors(space: FactorSpace, t: number): void {
  const { core, e, at, c } = space;
  const { n, m, N } = space.samples;
  const { r, alpha, beta, gamma, scale } = space.descent;
  const { C, H } = space.slot(t);
  const G = 2 * c + 2;
  if (gamma > 0) {
    e.groupSums(at.sums, at.sizes, C, at.group, N, r, G);
    e.transfer(at.pull, at.push, at.diagonal, at.sums, at.sizes, r, c, n, m, alpha, gamma);
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
  if (beta > 0) e.labelVectors(at.pull, at.curve, H, c, r, beta, ...space.gamma());
}
