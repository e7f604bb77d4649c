// Rows in f64 in wasm memory, as Newton's method on the weights of a linear SVM uses them: products with vectors,
// sums of outer products, and the factors of those. Vectors and matrices of p x p values stay on the host.
import { aligned, type Core, type Pointer } from '../../../core/index.js';
import {
  choleskyBytes,
  multiply,
  multiplyBytes,
  transposed,
  wide,
  wideBytes,
  wideValues,
} from '../../../core/dense/index.js';

/** Rows of a sum of outer products that are gathered at a time (ours). */
const PACK = 1024;

/** The kernels take four rows at a time; those that are missing are zeros. */
const fours = (n: number): number => (n + 3) & ~3;

/** Bytes that {@link NormalRows} take for at most N rows of p values, with what they need while they work. */
export function normalBytes(core: Core, N: number, p: number): number {
  const k = Math.min(N, PACK);
  const n = fours(N);
  const gathered = wideBytes(k, p) + aligned(k * 4) + aligned(k * 8) + multiplyBytes(core, p, k);
  return (
    wideBytes(n, p) +
    wideBytes(n, 1) +
    wideBytes(p, 1) +
    wideBytes(p, p) +
    Math.max(gathered, aligned(choleskyBytes(core, p)))
  );
}

/** X: n rows of p values. Lives in the arena of its Core until that is released. */
export class NormalRows {
  readonly #core: Core;
  readonly #at: Pointer;
  /** Vectors of n and of p values. */
  readonly #tall: Pointer;
  readonly #short: Pointer;

  constructor(
    core: Core,
    rows: Float64Array,
    readonly n: number,
    readonly p: number,
  ) {
    this.#core = core;
    this.#at = core.alloc(fours(n) * p * 8);
    this.#tall = core.alloc(fours(n) * 8);
    core
      .f64(this.#at, fours(n) * p)
      .fill(0)
      .set(rows);
    core.f64(this.#tall, fours(n)).fill(0);
    this.#short = core.alloc(p * 8);
  }

  /** f = X w. */
  times(w: Float64Array, f: Float64Array): void {
    const { n, p } = this;
    this.#core.f64(this.#short, p).set(w);
    this.#core.exports.rowsTimes(this.#tall, this.#at, this.#short, fours(n), p);
    f.set(this.#core.f64(this.#tall, n));
  }

  /** g += Xᵀ c. */
  addCombination(g: Float64Array, c: Float64Array): void {
    const { n, p } = this;
    this.#core.f64(this.#short, p).set(g);
    this.#core.f64(this.#tall, n).set(c);
    this.#core.exports.addCombination(this.#short, this.#at, this.#tall, fours(n), p);
    g.set(this.#core.f64(this.#short, p));
  }

  /** H (p x p, lower triangle) += scale Σ weights_i x_i x_iᵀ over the chosen rows; n weights ≥ 0. */
  addOuter(H: Float64Array, chosen: Int32Array, weights: Float64Array, scale: number): void {
    const core = this.#core;
    const { p } = this;
    for (let from = 0; from < chosen.length; from += PACK)
      core.scoped(() => {
        const some = chosen.subarray(from, from + PACK);
        const out = wide(core, p, p, H);
        const gathered = wide(core, some.length, p);
        const index = core.alloc(some.length * 4);
        core.i32(index, some.length).set(some);
        const roots = wide(
          core,
          some.length,
          1,
          Float64Array.from(some, (i) => Math.sqrt(weights[i])),
        );
        core.exports.gatherRows(gathered.at, this.#at, index, roots.at, some.length, p);
        multiply(core, out, transposed(gathered), gathered, { alpha: scale, add: true, lower: true });
        H.set(wideValues(core, out));
      });
  }

  /** H = L Lᵀ: the lower triangle of H (p x p) becomes L. False, and H undefined: it is not positive definite. */
  factor(H: Float64Array): boolean {
    const core = this.#core;
    const { p } = this;
    return core.scoped(() => {
      const A = wide(core, p, p, H);
      if (core.exports.cholesky(A.at, p, core.alloc(choleskyBytes(core, p))) >= 0) return false;
      H.set(wideValues(core, A));
      return true;
    });
  }
}
