/**
 * Factorization: X ≈ U V of both corpora at once, fitted to the source's labels, pulled together
 * across corpora and smooth on the graph. Objective (8) of Luo & Han 2019 and its special cases.
 *
 * A stepper: the host decides how many iterations pass before it reports, pauses or stops. Several
 * trials run side by side, so that each pass over X serves all; a trial has the same bits alone.
 *
 * Orientation in memory (architecture.md §2): A = Xᵀ (N x d) as panels, C = Vᵀ (N x r), U (d x r).
 *
 * @module
 */
import type { Core } from './core.js';
import type { Descent, Factors, Objective, Report } from './descent.js';
import { type Exports, type Pointer, SMALL_ROWS } from './exports.js';
import { type FactorMemory, takeFactors } from './factor-memory.js';
import type { Graph } from './graph.js';
import { repeatSteps, type Step, stepLimit } from './inner-steps.js';
import { PURPOSE } from './random.js';
import type { Samples } from './samples.js';

/**
 * Floor of the entries under coordinate descent (method.md §0). Under the invariant objective it is 0: a
 * floor is not invariant, and compensation could blow it up.
 */
const FLOOR = 1e-16;
/** A curvature up to this counts as none (assembly/core/update.ts). */
const TINY = 1e-20;
/** An atom is dead when |u_k||v^k| is at most this part of |X| (ours). */
const DEAD_SHARE = 1e-8;
/** An atom with a shorter u_k is dead too: its reciprocal would leave f32 (ours). */
const DEAD_NORM = 1e-35;
/** Multiplicative steps or coordinate descent. */
type Rules = 'mu' | 'hals';

export class Factorization {
  readonly #core: Core;
  readonly #e: Exports;
  readonly #samples: Samples;
  readonly #descent: Descent;
  readonly #c: number;
  readonly #graph: Graph | null;
  readonly #at: FactorMemory;
  /** Slots in use: trials that still run lie in the first ones. */
  #active: number;

  /**
   * Takes its memory from the arena of the samples' Core.
   *
   * @param groups one a row, from {@link rowGroups}
   * @param graph null where λ = 0
   */
  constructor(
    samples: Samples,
    groups: Int32Array,
    c: number,
    graph: Graph | null,
    descent: Descent,
    parts: number,
  ) {
    const { core, N, d } = samples;
    this.#core = core;
    this.#e = core.exports;
    this.#samples = samples;
    this.#descent = descent;
    this.#c = c;
    this.#graph = descent.lambda > 0 ? graph : null;
    this.#active = parts;
    this.#at = takeFactors(core, { N, d, r: descent.r, c, k: this.#graph?.neighbours ?? 0, parts });
    core.i32(this.#at.group, N).set(groups);
    if (this.#graph) {
      core.i32(this.#at.start, N + 1).set(this.#graph.start);
      core.i32(this.#at.column, this.#graph.column.length).set(this.#graph.column);
      core.f32(this.#at.weight, this.#graph.weight.length).set(this.#graph.weight);
      core.f32(this.#at.degree, N).set(this.#graph.degree);
    }
  }

  /** Trials that still run. */
  get active(): number {
    return this.#active;
  }

  #slot(t: number): { U: Pointer; C: Pointer; H: Pointer; XC: Pointer; XU: Pointer; CC: Pointer } {
    const { N, d } = this.#samples;
    const { r } = this.#descent;
    const at = this.#at;
    return {
      U: at.U + t * d * r * 4,
      C: at.C + t * N * r * 4,
      H: at.H + t * this.#c * r * 4,
      XC: at.XC + t * d * r * 4,
      XU: at.XU + t * N * r * 4,
      CC: at.CC + t * r * r * 4,
    };
  }

  /** Draws U, H and V uniform in (0, 1], in memory order, from the trial's own stream. */
  draw(slot: number, seed: number, trial: number): void {
    const { N, d } = this.#samples;
    const { r } = this.#descent;
    const { U, C, H } = this.#slot(slot);
    this.#e.seed(seed >>> 0, Math.floor(seed / 2 ** 32), 16 * trial + PURPOSE.factors);
    this.#e.fillUniform(U, d * r);
    this.#e.fillUniform(H, this.#c * r);
    this.#e.fillUniform(C, N * r);
    this.#start(slot);
  }

  /** Starts a slot from given factors. */
  put(slot: number, factors: Factors): void {
    const { U, C, H } = this.#slot(slot);
    this.#core.f32(U, factors.U.length).set(factors.U);
    this.#core.f32(H, factors.H.length).set(factors.H);
    this.#core.f32(C, factors.C.length).set(factors.C);
    this.#start(slot);
  }

  /** Under the invariant objective factors are kept with unit columns of U; its value does not change. */
  #start(slot: number): void {
    if (this.#descent.scale === 'invariant') this.#normalize(slot);
    this.#codesGram(slot);
  }

  /**
   * Scales the start so that U V fits X best along its ray: unit columns of U, then V ← aV, H ← H/a
   * with a = ⟨X, UV⟩ / |UV|² (method.md §3.8).
   */
  fitScale(slot: number): void {
    const { N } = this.#samples;
    const { r } = this.#descent;
    const { C, H, XU, CC } = this.#slot(slot);
    this.#normalize(slot);
    this.#codesGram(slot);
    this.#multiplyXU(slot, 1);
    this.#dictionaryGram(slot);
    const product = this.#e.dot(this.#at.square, CC, r * r);
    if (!(product > 0)) return;
    const a = this.#e.dot(XU, C, N * r) / product;
    if (!(a > 0)) return; // X is all zero
    this.#core.f32(this.#at.row, r).fill(a);
    this.#e.scaleColumns(C, this.#at.row, N, r);
    this.#core.f32(this.#at.row, r).fill(1 / a);
    this.#e.scaleColumns(H, this.#at.row, this.#c, r);
    this.#codesGram(slot);
  }

  /** Copies the factors of a slot out. */
  take(slot: number): Factors {
    const { N, d } = this.#samples;
    const { r } = this.#descent;
    const { U, C, H } = this.#slot(slot);
    return {
      U: this.#core.f32(U, d * r).slice(),
      H: this.#core.f32(H, this.#c * r).slice(),
      C: this.#core.f32(C, N * r).slice(),
    };
  }

  /**
   * Ends a slot: applies the final scaling, silences dead atoms, copies its factors out and gives its place to the last
   * running one. Returns the slot that moved into its place (its own number if it was the last).
   */
  retire(slot: number): { factors: Factors; moved: number } {
    if (this.#descent.scale === 'end') this.#normalize(slot);
    this.#silence(slot);
    const factors = this.take(slot);
    const last = --this.#active;
    if (slot !== last) {
      const [from, to] = [this.#slot(last), this.#slot(slot)];
      const { N, d } = this.#samples;
      const { r } = this.#descent;
      const lengths = { U: d * r, C: N * r, H: this.#c * r, XC: 0, XU: 0, CC: r * r };
      for (const name of ['U', 'C', 'H', 'CC'] as const)
        this.#core.f32(to[name], lengths[name]).set(this.#core.f32(from[name], lengths[name]));
    }
    return { factors, moved: last };
  }

  /** One iteration of every running trial: U, then H, then V, each with the newest factors. */
  step(): Report[] {
    const { scale } = this.#descent;
    this.#multiplyXC();
    const halves: [number, number, number, number][] = [];
    for (let t = 0; t < this.#active; t++) {
      const [uCount, uResidual] = this.#stepU(t);
      if (scale === 'invariant') this.#normalize(t);
      const [hCount, hResidual] = this.#stepH(t);
      halves.push([uCount, hCount, uResidual, hResidual]);
    }
    this.#multiplyXU(0, this.#active);
    return halves.map(([uCount, hCount, uResidual, hResidual], t) => {
      this.#dictionaryGram(t);
      const [vCount, vResidual] = this.#stepV(t);
      this.#codesGram(t);
      const objective = this.#objective(t);
      if (scale === 'each') {
        this.#normalize(t);
        this.#codesGram(t);
      }
      return {
        objective,
        residual: Math.max(uResidual, hResidual, vResidual),
        counts: [uCount, hCount, vCount],
      };
    });
  }

  /** The objective at the present factors, with fresh products. */
  evaluate(slot: number): Objective {
    this.#multiplyXU(slot, 1);
    this.#dictionaryGram(slot);
    return this.#objective(slot);
  }

  /** The KKT residual of all blocks at the present factors (method.md §3.13), which stay as they are. */
  residual(slot: number): { U: number; H: number; V: number } {
    const factors = this.take(slot);
    const { U, H } = this.#slot(slot);
    this.#multiplyXC();
    this.#prepareU(slot);
    const measured = { U: this.#rulesU(slot, 'mu').residual, H: 0, V: 0 };
    this.#core.f32(U, factors.U.length).set(factors.U);
    if (this.#descent.beta > 0) {
      measured.H = this.#rulesH(slot, 'mu').residual;
      this.#core.f32(H, factors.H.length).set(factors.H);
    }
    this.#multiplyXU(slot, 1);
    this.#dictionaryGram(slot);
    measured.V = this.#rulesV(slot, 'mu', false).residual;
    return measured;
  }

  get #floor(): number {
    return this.#descent.scale === 'invariant' ? 0 : FLOOR;
  }

  /** Γ on a row's own class and on the others. */
  #gamma(power: 1 | 2 = this.#descent.power): [number, number] {
    const { pos, neg } = this.#descent;
    return power === 1 ? [pos, neg] : [pos * pos, neg * neg];
  }

  /** From Σ (x' − x)², Σ R² and Σ x², which the kernels leave in `stats`. */
  #measured(): Step {
    const [change, residual, size] = this.#core.f64(this.#at.stats, 3);
    return { change, residual: size > 0 ? Math.sqrt(residual / size) : 0 };
  }

  get #rules(): Rules {
    const { update } = this.#descent;
    return update === 'hals' || update === 'accelerated-hals' ? 'hals' : 'mu';
  }

  #stepU(t: number): [number, number] {
    const { N, d } = this.#samples;
    const { r, update } = this.#descent;
    this.#prepareU(t);
    return repeatSteps(() => this.#rulesU(t, this.#rules), stepLimit(update, d, N, r));
  }

  /** The limit is U's: method.md §3.11. */
  #stepH(t: number): [number, number] {
    const { N, d } = this.#samples;
    const { r, update, beta } = this.#descent;
    if (!(beta > 0)) return [0, 0];
    return repeatSteps(() => this.#rulesH(t, this.#rules), stepLimit(update, d, N, r));
  }

  #stepV(t: number): [number, number] {
    const { N, d } = this.#samples;
    const { r, update } = this.#descent;
    return repeatSteps(() => this.#rulesV(t, this.#rules, true), stepLimit(update, N, d, r));
  }

  /** CᵀC + diag ρ and the reciprocals of its diagonal; ρ only under the invariant objective (§3.10). */
  #prepareU(t: number): void {
    const { r, scale, lambda, gamma } = this.#descent;
    const { CC } = this.#slot(t);
    const B = this.#core.f32(this.#at.square, r * r);
    B.set(this.#core.f32(CC, r * r));
    if (scale === 'invariant' && (lambda > 0 || gamma > 0)) {
      const { roughness, discrepancy } = this.#regularity(t);
      for (let k = 0; k < r; k++) B[k * r + k] += lambda * roughness[k] + gamma * discrepancy[k];
    }
    const inverse = this.#core.f32(this.#at.row, r);
    for (let k = 0; k < r; k++) inverse[k] = B[k * r + k] > TINY ? 1 / B[k * r + k] : 0;
  }

  /** One step of U. Needs XᵀC and `#prepareU`. */
  #rulesU(t: number, rules: Rules): Step {
    const { d } = this.#samples;
    const { r } = this.#descent;
    const { U, XC } = this.#slot(t);
    const { square, row, stats, scratch } = this.#at;
    if (rules === 'mu') this.#e.ratioStep(U, XC, square, row, d, r, stats, scratch);
    else this.#e.coordinateRows(U, XC, square, row, d, r, this.#floor, stats, scratch);
    return this.#measured();
  }

  #rulesH(t: number, rules: Rules): Step {
    const { n } = this.#samples;
    const { r } = this.#descent;
    const { C, H } = this.#slot(t);
    const { group, stats, scratch, scores } = this.#at;
    const [own, other] = this.#gamma();
    if (rules === 'mu') this.#e.labelStep(H, C, group, n, r, this.#c, own, other, stats, scratch);
    else {
      this.#e.scores(scores, C, H, n, r, this.#c);
      this.#e.coordinateLabels(H, C, scores, group, n, r, this.#c, own, other, this.#floor, stats);
    }
    return this.#measured();
  }

  /** One step of the codes; with `keep` false only its residual is wanted. Needs X U and UᵀU. */
  #rulesV(t: number, rules: Rules, keep: boolean): Step {
    const { n, N } = this.#samples;
    const { r, alpha, beta, lambda, gamma } = this.#descent;
    const { C, H, XU } = this.#slot(t);
    const at = this.#at;
    const e = this.#e;
    const [own, other] = this.#gamma();
    this.#groupVectors(t);
    if (rules === 'hals') {
      if (beta > 0) e.scores(at.scores, C, H, n, r, this.#c);
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
        this.#c,
        alpha,
        beta,
        gamma,
        lambda,
        own,
        other,
        this.#floor,
        at.stats,
        at.scratch,
      );
      return this.#measured();
    }
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
      this.#c,
      lambda,
      beta,
      own,
      other,
      at.stats,
      at.scratch,
    );
    if (keep) this.#core.f32(C, N * r).set(this.#core.f32(at.next, N * r));
    return this.#measured();
  }

  /** What every row of a group receives: MMD's pull and push, the labels' numerator, curvatures. */
  #groupVectors(t: number): void {
    const { n, m, N } = this.#samples;
    const { r, alpha, beta, gamma } = this.#descent;
    const { C, H } = this.#slot(t);
    const at = this.#at;
    const c = this.#c;
    const G = 2 * c + 2;
    if (gamma > 0) {
      this.#e.groupSums(at.sums, at.sizes, C, at.group, N, r, G);
      this.#e.transfer(at.pull, at.push, at.diagonal, at.sums, at.sizes, r, c, n, m, alpha, gamma);
    } else {
      this.#core.f32(at.pull, G * r).fill(0);
      this.#core.f32(at.push, G * r).fill(0);
      this.#core.f32(at.diagonal, G).fill(0);
    }
    const square = this.#core.f32(at.square, r * r);
    const curve = this.#core.f32(at.curve, G * r);
    const diagonal = this.#core.f32(at.diagonal, G);
    // Under the invariant objective row k of V carries |u_k|² of the regularisers: 1, but for dead atoms.
    const size = this.#core.f32(at.size, r);
    for (let k = 0; k < r; k++) size[k] = this.#descent.scale === 'invariant' ? square[k * r + k] : 1;
    const pull = this.#core.f32(at.pull, G * r);
    const push = this.#core.f32(at.push, G * r);
    for (let g = 0; g < G; g++)
      for (let k = 0; k < r; k++) {
        const i = g * r + k;
        pull[i] *= size[k];
        push[i] *= size[k];
        curve[i] = square[k * r + k] + diagonal[g] * size[k];
      }
    if (beta > 0) this.#e.labelVectors(at.pull, at.curve, H, c, r, beta, ...this.#gamma());
  }

  /** Xᵀ C of all running trials. */
  #multiplyXC(): void {
    const { N, d, columns } = this.#samples;
    const { r } = this.#descent;
    const { XC, C, scratch } = this.#at;
    this.#e.gemm(XC, r, d * r * 4, columns, C, r, N * r * 4, SMALL_ROWS, d, r, N, this.#active, 0, scratch);
  }

  /** X U of `parts` trials from `first`. */
  #multiplyXU(first: number, parts: number): void {
    const { N, d, rows } = this.#samples;
    const { r } = this.#descent;
    const { XU, U } = this.#slot(first);
    this.#e.gemm(XU, r, N * r * 4, rows, U, r, d * r * 4, SMALL_ROWS, N, r, d, parts, 0, this.#at.scratch);
  }

  /** UᵀU of a trial, into `square`. */
  #dictionaryGram(t: number): void {
    const { d } = this.#samples;
    this.#gramOf(this.#at.square, this.#slot(t).U, d);
  }

  #codesGram(t: number): void {
    const { CC, C } = this.#slot(t);
    this.#gramOf(CC, C, this.#samples.N);
  }

  #gramOf(out: Pointer, factor: Pointer, rows: number): void {
    const { r } = this.#descent;
    const { panels, scratch } = this.#at;
    this.#e.packColumns(panels, factor, r, r, rows, 0, rows);
    this.#e.gemm(out, r, 0, panels, factor, r, 0, SMALL_ROWS, r, r, rows, 1, 1, scratch);
  }

  /** v^k L v^kᵀ and v^k M v^kᵀ for every row k of V. */
  #regularity(t: number): { roughness: Float64Array; discrepancy: Float64Array } {
    const { n, m, N } = this.#samples;
    const { r, alpha, lambda, gamma } = this.#descent;
    const { C } = this.#slot(t);
    const at = this.#at;
    const c = this.#c;
    if (lambda > 0) this.#e.roughness(at.roughness, C, at.start, at.column, at.weight, N, r);
    if (gamma > 0) {
      this.#e.groupSums(at.sums, at.sizes, C, at.group, N, r, 2 * c + 2);
      this.#e.discrepancy(at.discrepancy, at.sums, at.sizes, r, c, n, m, alpha);
    }
    return {
      roughness: lambda > 0 ? this.#core.f64(at.roughness, r).slice() : new Float64Array(r),
      discrepancy: gamma > 0 ? this.#core.f64(at.discrepancy, r).slice() : new Float64Array(r),
    };
  }

  /** The objective from X U, UᵀU (`square`) and CᵀC of the present factors, summed in f64. */
  #objective(t: number): Objective {
    const { n, N, square: data } = this.#samples;
    const { r, beta, lambda, gamma, scale } = this.#descent;
    const { C, H, XU, CC } = this.#slot(t);
    const at = this.#at;
    const e = this.#e;
    const fit = data - 2 * e.dot(XU, C, N * r) + e.dot(at.square, CC, r * r);
    const { roughness, discrepancy } = this.#regularity(t);
    const square = this.#core.f32(at.square, r * r);
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
      e.scores(at.scores, C, H, n, r, this.#c);
      label = beta * e.labelLoss(at.scores, at.group, n, this.#c, ...this.#gamma());
      labelPaper = beta * e.labelLoss(at.scores, at.group, n, this.#c, ...this.#gamma(2));
    }
    graph *= lambda;
    mmd *= gamma;
    return { total: fit + label + graph + mmd, fit, label, labelPaper, graph, mmd };
  }

  /**
   * Unit columns of U, V ← S V, H ← H S⁻¹: U V and H V stay. Dead atoms keep their scale: on the way
   * to 0 they would drive H to infinity. H is left alone where β = 0.
   */
  #normalize(t: number): void {
    const { N, d } = this.#samples;
    const { r, beta } = this.#descent;
    const { U, C, H } = this.#slot(t);
    const { row } = this.#at;
    const norms = this.#atoms(t).map(({ norm, dead }) => (dead ? 1 : norm));
    const scale = this.#core.f32(row, r);
    for (let k = 0; k < r; k++) scale[k] = 1 / norms[k];
    this.#e.scaleColumns(U, row, d, r);
    if (beta > 0) this.#e.scaleColumns(H, row, this.#c, r);
    scale.set(norms);
    this.#e.scaleColumns(C, row, N, r);
  }

  /** |u_k| of each atom, and whether u_k v^k adds nothing to U V. */
  #atoms(t: number): { norm: number; dead: boolean }[] {
    const { N, d, square } = this.#samples;
    const { r } = this.#descent;
    const { U, C } = this.#slot(t);
    const { roughness, discrepancy } = this.#at;
    this.#e.columnSquares(roughness, U, d, r);
    this.#e.columnSquares(discrepancy, C, N, r);
    const [u, v] = [this.#core.f64(roughness, r), this.#core.f64(discrepancy, r)];
    return Array.from(u, (own, k) => {
      const norm = Math.sqrt(own);
      const dead = norm < DEAD_NORM || norm * Math.sqrt(v[k]) <= DEAD_SHARE * Math.sqrt(square);
      return { norm, dead };
    });
  }

  /**
   * Codes of dead atoms say nothing of the features, only of the source's labels: none is kept, and the atom
   * goes too, so that no new recording is coded by it.
   */
  #silence(t: number): void {
    const { N, d } = this.#samples;
    const { r } = this.#descent;
    const { U, C } = this.#slot(t);
    const atoms = this.#atoms(t);
    if (!atoms.some(({ dead }) => dead)) return;
    this.#core.f32(this.#at.row, r).set(atoms.map(({ dead }) => (dead ? 0 : 1)));
    this.#e.scaleColumns(C, this.#at.row, N, r);
    this.#e.scaleColumns(U, this.#at.row, d, r);
  }
}
