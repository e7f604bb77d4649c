/**
 * Factorization: X ≈ U V of both corpora at once, fitted to the source's labels, pulled together
 * across corpora and smooth on the graph. Objective (8) of Luo & Han 2019 and its special cases.
 *
 * A stepper: the host decides how many iterations pass before it reports, pauses or stops. Several
 * trials run side by side, so that each pass over X serves all; a trial has the same bits alone.
 *
 * Orientation in memory (architecture.md, Orientation and precision): A = Xᵀ (N x d) as panels, C = Vᵀ (N x r), U (d x r).
 *
 * @module
 */
import type { RowGroups } from './corpus-class-groups.js';
import type { Descent, Factors, Objective, Report } from './descent.js';
import { normalize, silence } from './atoms.js';
import { residualsUH, residualV, stepH, stepU, stepV } from './blocks.js';
import { Momentum } from './momentum.js';
import { objective } from './objective.js';
import { codesGram, dictionaryGram, multiplyXC, multiplyXU } from './products.js';
import { FactorSpace } from './space.js';
import type { Graph, Samples } from '../../core/samples/index.js';
import type { Repeated } from './inner-steps.js';
import { PURPOSE } from '../../core/index.js';

export class Factorization {
  readonly #space: FactorSpace;
  readonly #momentum: Momentum;
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
    groups: RowGroups,
    c: number,
    graph: Graph | null,
    descent: Descent,
    parts: number,
  ) {
    this.#space = new FactorSpace(samples, groups, c, graph, descent, parts);
    this.#momentum = new Momentum(this.#space);
    this.#active = parts;
  }

  /** Trials that still run. */
  get active(): number {
    return this.#active;
  }

  /** Lengths of the factors. */
  get #lengths(): { U: number; H: number; C: number } {
    const { c, samples, descent } = this.#space;
    return { U: samples.d * descent.r, H: c * descent.r, C: samples.N * descent.r };
  }

  /** Draws U, H and V uniform in (0, 1], in memory order, from the trial's own stream. */
  draw(slot: number, seed: number, trial: number): void {
    const { e } = this.#space;
    const at = this.#space.slot(slot);
    e.seed(seed >>> 0, Math.floor(seed / 2 ** 32), 16 * trial + PURPOSE.factors);
    for (const name of ['U', 'H', 'C'] as const) e.fillUniform(at[name], this.#lengths[name]);
    this.#start(slot);
  }

  /** Starts a slot from given factors. */
  put(slot: number, factors: Factors): void {
    const at = this.#space.slot(slot);
    for (const name of ['U', 'H', 'C'] as const)
      this.#space.core.f32(at[name], factors[name].length).set(factors[name]);
    this.#start(slot);
  }

  /** Under the invariant objective factors are kept with unit columns of U; its value does not change. */
  #start(slot: number): void {
    if (this.#space.descent.scale === 'invariant') normalize(this.#space, slot);
    codesGram(this.#space, slot);
    this.#momentum.start(slot);
  }

  /** Copies the factors of a slot out. */
  take(slot: number): Factors {
    const { core } = this.#space;
    const at = this.#space.slot(slot);
    const { U, H, C } = this.#lengths;
    return { U: core.f32(at.U, U).slice(), H: core.f32(at.H, H).slice(), C: core.f32(at.C, C).slice() };
  }

  /**
   * Ends a slot: applies the final scaling, silences dead atoms, copies its factors out and gives its place to the last
   * running one. Returns the slot that moved into its place (its own number if it was the last).
   */
  retire(slot: number): { factors: Factors; moved: number } {
    const space = this.#space;
    if (space.descent.scale === 'end') normalize(space, slot);
    silence(space, slot);
    const factors = this.take(slot);
    const last = --this.#active;
    if (slot !== last) {
      const [from, to] = [space.slot(last), space.slot(slot)];
      const lengths = { ...this.#lengths, CC: space.descent.r * space.descent.r };
      for (const name of ['U', 'C', 'H', 'CC'] as const) space.copy(to[name], from[name], lengths[name]);
      this.#momentum.move(last, slot);
    }
    return { factors, moved: last };
  }

  /** One iteration of every running trial: U, then H, then V, each with the newest factors. */
  step(): Report[] {
    for (let t = 0; t < this.#active; t++) this.#momentum.apply(t);
    return this.#iterate(0, this.#active).map((report, t) => {
      let final = report;
      if (this.#momentum.rose(t, report.objective.total)) {
        this.#momentum.takeBack(t);
        [final] = this.#iterate(t, 1);
      }
      this.#momentum.keep(t, final.objective.total);
      return final;
    });
  }

  /** An iteration of `parts` trials from `first`, from the codes as they lie there. */
  #iterate(first: number, parts: number): Report[] {
    const space = this.#space;
    const { scale } = space.descent;
    multiplyXC(space, first, parts);
    const halves: [U: Repeated, H: Repeated][] = [];
    for (let t = first; t < first + parts; t++) {
      const U = stepU(space, t);
      if (scale === 'invariant') normalize(space, t);
      halves.push([U, stepH(space, t)]);
    }
    multiplyXU(space, first, parts);
    return halves.map(([U, H], part) => {
      const t = first + part;
      dictionaryGram(space, t);
      const V = stepV(space, t);
      codesGram(space, t);
      const reached = objective(space, t);
      return { objective: reached, residual: Math.max(U[1], H[1], V[1]), counts: [U[0], H[0], V[0]] };
    });
  }

  /** The objective at the present factors, with fresh products. */
  evaluate(slot: number): Objective {
    multiplyXU(this.#space, slot, 1);
    dictionaryGram(this.#space, slot);
    return objective(this.#space, slot);
  }

  /** The KKT residual of all blocks at the present factors (method.md, KKT residual), which stay as they are. */
  residual(slot: number): { U: number; H: number; V: number } {
    multiplyXC(this.#space, slot, 1);
    const { U, H } = residualsUH(this.#space, slot);
    multiplyXU(this.#space, slot, 1);
    dictionaryGram(this.#space, slot);
    return { U, H, V: residualV(this.#space, slot) };
  }
}
