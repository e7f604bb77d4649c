// Momentum of `accelerated-hals`: an iteration starts from codes that go on in the direction of the last move
// (after Ang & Gillis 2019), and is taken back if the objective rose.
//
//   V̂ ← max(floor, V + 0.7 (V − V⁻))
//
// U and H descend for V̂, V descends from V̂. What is reported are the factors after that, so the objective
// never rises from one report to the next.
import type { FactorSpace } from './space.js';
import { codesGram } from './products.js';

/** How far the codes go on (ours: of 0.5 … 0.9 the largest that was never taken back on the development pairs). */
export const MOMENTUM = 0.7;
/** Iterations before the first one that has momentum (ours: the first moves say little about the next). */
const START = 2;
/**
 * A rise up to this part of max(J, |X|² / 100) is rounding, half of what the tests allow (method.md, Tolerances of
 * the tests).
 */
const ROUNDING = 5e-7;

export class Momentum {
  readonly #space: FactorSpace;
  /** Iterations since the start of each slot, and the objective after the last. */
  readonly #done: number[] = [];
  readonly #objective: number[] = [];

  constructor(space: FactorSpace) {
    this.#space = space;
  }

  /** Whether the update has momentum. */
  get #used(): boolean {
    return this.#space.descent.update === 'accelerated-hals';
  }

  /** A slot starts anew. */
  start(t: number): void {
    this.#done[t] = 0;
    this.#objective[t] = Infinity;
    if (!this.#used) return;
    const { before, C } = this.#space.slot(t);
    this.#space.copy(before, C, this.#space.samples.N * this.#space.descent.r);
  }

  /** Moves the codes on and remembers where they were. */
  apply(t: number): void {
    if (!this.#used) return;
    const { e, c, samples, descent, floor } = this.#space;
    const { C, before, H, beforeH } = this.#space.slot(t);
    const { r } = descent;
    const ahead = this.#done[t] >= START ? MOMENTUM : 0;
    this.#space.copy(beforeH, H, c * r);
    e.goOn(C, before, samples.N * r, ahead, floor);
    if (ahead > 0) codesGram(this.#space, t);
  }

  /** Whether an iteration that ended at this objective must be taken back. */
  rose(t: number, objective: number): boolean {
    if (!this.#used) return false;
    const last = this.#objective[t];
    return objective > last + ROUNDING * Math.max(last, 1e-2 * this.#space.samples.square);
  }

  /** The factors as they were when the iteration began. U is still where Xᵀ C was. */
  takeBack(t: number): void {
    const { c, samples, descent } = this.#space;
    const { U, XC, C, before, H, beforeH } = this.#space.slot(t);
    const { r } = descent;
    this.#space.copy(U, XC, samples.d * r);
    this.#space.copy(H, beforeH, c * r);
    this.#space.copy(C, before, samples.N * r);
    codesGram(this.#space, t);
  }

  /** An iteration is over. */
  keep(t: number, objective: number): void {
    this.#done[t]++;
    this.#objective[t] = objective;
  }

  /** Slot `from` becomes slot `to`. */
  move(from: number, to: number): void {
    this.#done[to] = this.#done[from];
    this.#objective[to] = this.#objective[from];
    if (!this.#used) return;
    const [old, slot] = [this.#space.slot(from), this.#space.slot(to)];
    this.#space.copy(slot.before, old.before, this.#space.samples.N * this.#space.descent.r);
  }
}
