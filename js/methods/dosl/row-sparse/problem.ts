// Regression with a row-sparse C (docs/compared-methods.md, DoSL), a multi-task group lasso:
//
//   min_C  |B − CᵀA|² + lambda Σ_i |c_i|      A: d x m, B: classes x m, c_i: row i of C (d x classes)
//
// The problem in wasm memory, and how far a C is from its minimum. Its solvers are the files beside this one.
import type { Core } from '../../../core/index.js';
import {
  dot,
  multiply,
  multiplyBytes,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideRows,
  wideValues,
} from '../../../core/dense/index.js';

/** Rows that {@link RowSparse.rotate} takes at a time (ours). */
const TURNED = 256;

/** How good a C is. */
export interface Certificate {
  /** |B − CᵀA|² + lambda Σ |c_i|. */
  readonly objective: number;
  /** The objective is above its least value by at most this: the duality gap, to the best dual point seen. */
  readonly gap: number;
}

/** What a pass of a solver came to. */
export interface RowPass extends Certificate {
  /** Weight of this pass: the one asked for, or a larger one on the way to it. */
  readonly lambda: number;
}

/** A and B in the arena, a C that is being improved, and its residual. */
export class RowSparse {
  readonly core: Core;
  /** d x m. */
  readonly A: Wide;
  readonly classes: number;
  /** |B|², the objective of C = 0. */
  readonly scale: number;
  /** d x classes; zeros at first. */
  readonly C: Wide;
  /** B − CᵀA, classes x m. */
  readonly R: Wide;
  readonly #product: Wide;
  #B: Float64Array;
  #dual = -Infinity;

  constructor(core: Core, A: Wide, B: Float64Array) {
    this.core = core;
    this.A = A;
    this.#B = B;
    this.classes = B.length / A.cols;
    this.scale = squared(B);
    this.C = wide(core, A.rows, this.classes);
    this.R = wide(core, this.classes, A.cols, B);
    this.#product = wide(core, A.rows, this.classes);
    wideValues(core, this.C).fill(0);
  }

  /** classes x m. */
  get B(): Float64Array {
    return this.#B;
  }

  /**
   * A ← A Vᵀ, and B and R alike, for V (m x m) with orthonormal rows: the same problem, for C, the objective, the slopes
   * and the certificates stay.
   */
  rotate(V: Wide): void {
    const { core, A, R, classes } = this;
    const { rows: d, cols: m } = A;
    core.scoped(() => {
      const B = wide(core, classes, m, this.#B);
      const turned = wide(core, Math.max(classes, Math.min(d, TURNED)), m);
      const turn = (part: Wide): void => {
        const out = wideRows(turned, 0, part.rows);
        multiply(core, out, part, transposed(V));
        wideValues(core, part).set(wideValues(core, out));
      };
      for (let i = 0; i < d; i += TURNED) turn(wideRows(A, i, Math.min(TURNED, d - i)));
      turn(R);
      turn(B);
      this.#B = wideValues(core, B).slice();
    });
  }

  /** Sets R from C. */
  residual(): void {
    const { core, A, B, C, R } = this;
    wideValues(core, R).set(B);
    multiply(core, R, transposed(C), A, { alpha: -1, add: true });
  }

  /** A Vᵀ (d x classes) for V (classes x m); a view, until the next one. */
  times(V: Wide): Float64Array {
    multiply(this.core, this.#product, this.A, transposed(V));
    return wideValues(this.core, this.#product);
  }

  /** |row i of A Rᵀ|: where it is above lambda / 2, row i of C should not be 0. */
  slopes(): Float64Array {
    return rowNorms(this.times(this.R), this.classes);
  }

  /** Another lambda follows: dual points that were seen are none of its. */
  forget(): void {
    this.#dual = -Infinity;
  }

  /** Of the present C and R; `slopes` of this R. */
  certificate(lambda: number, slopes: Float64Array): Certificate {
    const R = wideValues(this.core, this.R);
    const [along, square] = [dot(this.B, 0, R, 0, R.length), squared(R)];
    const objective = square + lambda * total(rowNorms(wideValues(this.core, this.C), this.classes));
    const steepest = largest(slopes);
    // Of the dual points s R those are feasible for which every row of A (s R)ᵀ is at most lambda / 2 long.
    const most = steepest > 0 ? lambda / 2 / steepest : Infinity;
    const s = square > 0 ? Math.min(most, Math.max(-most, along / square)) : 0;
    this.#dual = Math.max(this.#dual, 2 * s * along - s * s * square);
    return { objective, gap: objective - this.#dual };
  }
}

/** Bytes of a {@link RowSparse}, A included, … */
export function rowSparseBytes(d: number, m: number, classes: number): number {
  return wideBytes(d, m) + 2 * wideBytes(d, classes) + wideBytes(classes, m);
}

/** … and beside them while its residual or its slopes are formed. */
export function rowProductBytes(core: Core, d: number, m: number, classes: number): number {
  return Math.max(multiplyBytes(core, m, d), multiplyBytes(core, classes, m));
}

/** … or while it is rotated. */
export function rotateBytes(core: Core, d: number, m: number, classes: number): number {
  const rows = Math.max(classes, Math.min(d, TURNED));
  return wideBytes(classes, m) + wideBytes(rows, m) + multiplyBytes(core, m, m);
}

/** Weight from which on C = 0 is the solution: twice the longest row of A Bᵀ. For a problem whose C is 0. */
export function emptyFrom(problem: RowSparse): number {
  return 2 * largest(problem.slopes());
}

/** Lengths of rows of `width` values. */
export function rowNorms(values: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: values.length / width }, (_, i) =>
    Math.sqrt(dot(values, i * width, values, i * width, width)),
  );
}

/** Σ x². */
export function squared(x: Float64Array): number {
  return dot(x, 0, x, 0, x.length);
}

/** Σ x, in order. */
export function total(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value, 0);
}

/** The largest entry; 0 if none is above it. */
export function largest(x: Float64Array): number {
  return x.reduce((most, value) => Math.max(most, value), 0);
}
