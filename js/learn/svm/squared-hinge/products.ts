// The inner products of rows, in wasm memory, as the solvers of linear SVMs use them.
import { aligned, type Core, type Pointer, runGreedySteps } from '../../../core/index.js';
import { choleskyBytes } from '../../../core/dense/index.js';
import type { StoredGram } from '../problem.js';

/** Bytes that {@link Products} take. */
export function productsBytes(core: Core, n: number, room: number): number {
  return 8 * aligned(n * 8) + aligned(n * 4) + aligned(room * room * 8) + choleskyBytes(core, room);
}

/** K = G + s over n rows. Lives in the arena of its Core until that is released; vectors are copied in and out. */
export class Products {
  readonly #core: Core;
  readonly #gram: Pick<StoredGram, 'at' | 'ld'>;
  readonly #constant: number;
  /** K_ii. */
  readonly diagonal: Float64Array;
  /** Vectors of n values: c, f, y, ridge, and three of scratch after them; b. */
  readonly #vectors: readonly Pointer[];
  readonly #index: Pointer;
  readonly #factor: Pointer;
  readonly #scratch: Pointer;
  #size = 0;

  /**
   * @param constant s ≥ 0, added to every inner product
   * @param room most rows of a factor
   */
  constructor(
    core: Core,
    gram: Pick<StoredGram, 'at' | 'ld'>,
    readonly n: number,
    constant: number,
    readonly room: number,
  ) {
    this.#core = core;
    this.#gram = gram;
    this.#constant = constant;
    this.diagonal = Float64Array.from(
      { length: n },
      (_, i) => core.f32(gram.at, i * gram.ld + i + 1)[i * gram.ld + i] + constant,
    );
    const bytes = aligned(n * 8);
    const first = core.alloc(8 * bytes);
    this.#vectors = Array.from({ length: 8 }, (_, i) => first + i * bytes);
    this.#index = core.alloc(n * 4);
    this.#factor = core.alloc(room * room * 8);
    this.#scratch = core.alloc(choleskyBytes(core, room));
  }

  #put(vector: number, values: Float64Array): Pointer {
    const at = this.#vectors[vector];
    this.#core.f64(at, values.length).set(values);
    return at;
  }

  /** K c. */
  multiply(c: Float64Array): Float64Array {
    const at = this.#put(0, c);
    const f = this.#vectors[1];
    this.#core.exports.expand(f, this.#gram.at, this.#gram.ld, at, this.n, this.#constant);
    return this.#core.f64(f, this.n).slice();
  }

  /**
   * Greedy coordinate steps on  min ½ cᵀ(K + diag ridge)c − yᵀc,  y_i c_i ≥ 0  from c = 0 on, until no gradient that
   * may be followed is above the tolerance, or at most `most`.
   * @returns the coefficients it got to, and the number of steps
   */
  greedy(
    y: Float64Array,
    ridge: Float64Array,
    tolerance: number,
    most: number,
  ): { c: Float64Array; steps: number } {
    const { n } = this;
    const at = this.#put(0, new Float64Array(n));
    const e = this.#vectors[1];
    const gradient = this.#core.f32(e, n);
    for (let i = 0; i < n; i++) gradient[i] = -y[i];
    const steps = runGreedySteps(this.#core.exports, {
      c: at,
      e,
      G: this.#gram.at,
      ld: this.#gram.ld,
      n,
      s: this.#constant,
      y: this.#put(2, y),
      ridge: this.#put(3, ridge),
      tolerance,
      most,
      scratch: this.#vectors[4],
    });
    return { c: this.#core.f64(at, n).slice(), steps };
  }

  /**
   * Factors K + diag ridge over the named rows, at most `room` of them. False: rounding hides that it is positive
   * definite, and there is no factor.
   */
  factor(rows: Int32Array, ridge: Float64Array): boolean {
    const { exports } = this.#core;
    const k = rows.length;
    this.#core.i32(this.#index, k).set(rows);
    exports.gatherProducts(
      this.#factor,
      this.#gram.at,
      this.#gram.ld,
      this.#index,
      k,
      this.#constant,
      this.#put(3, ridge),
    );
    const solved = exports.cholesky(this.#factor, k, this.#scratch) < 0;
    this.#size = solved ? k : 0;
    return solved;
  }

  /** b ← (K + diag ridge)⁻¹ b over the rows that were factored last, in their order. */
  solve(b: Float64Array): void {
    const at = this.#put(7, b);
    this.#core.exports.solveFactor(at, this.#factor, this.#size);
    b.set(this.#core.f64(at, b.length));
  }
}
