// The inexact augmented Lagrange multiplier method (ALM), as it is published for this family of objectives: C = Q is
// demanded by a multiplier T and a penalty kappa that grows,
//
//   min  |B − QᵀA|² + lambda Σ |c_i| + ⟨T, C − Q⟩ + kappa / 2 |C − Q|²
//
// over Q, then over C. A penalty that grows freezes a little above the minimum, so once C and Q agree it stays where
// both residuals are alike, and the method is ADMM (Boyd et al. 2011), which converges to it.
//
// Neither Q nor T is formed. In utterances that are rotated so that AᵀA = diag(e), with R = B − CᵀA and what a mark
// denotes of the iteration before,
//
//   v = (2 kappa R + 2 kappa' (R − R') + 2 v' diag(e)) diag(1 / (2 e + kappa))      classes x m
//   Z = Q − T / kappa = C + A vᵀ / kappa,   C ← rows of Z shrunk by lambda / kappa,   T ← kappa (C − Z)
//
// (docs/compared-methods.md, DoSL), and rows of C that are 0 and cannot become anything else are not looked at.
import type { Core } from '../../../core/index.js';
import {
  eigenBytes,
  multiply,
  symmetricEigen,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideRows,
  wideValues,
} from '../../../core/dense/index.js';
import {
  largest,
  rotateBytes,
  rowNorms,
  type RowPass,
  rowProductBytes,
  type RowSparse,
  squared,
} from './problem.js';

/** The penalty. */
export interface PenaltyOptions {
  /** Penalty at the start, > 0. */
  readonly kappa: number;
  /** Its growth in an iteration, ≥ 1. */
  readonly rho: number;
  /** Where it stops growing. */
  readonly kappaMax: number;
}

/** Iterations of a pass (ours). */
const PASS = 25;
/** Largest |C − Q| at which the penalty has done its work. */
const AGREED = 1e-7;
/** How many times one residual may be the other before the penalty moves, by how much at most, in how many passes (ours). */
const BALANCE = { slack: 5, most: 10, passes: 40 };
/** Rows that are looked at beside twice those that have to be (ours). */
const SPARE = 256;

/** Rows that are copied to lie together: beyond these all are looked at where they are. */
const copied = (d: number): number => Math.floor(d / 2);

/** Bytes that {@link multiplierPasses} takes beside its problem. */
export function multipliersBytes(core: Core, d: number, m: number, classes: number): number {
  const kept = wideBytes(copied(d), m) + wideBytes(d, classes) + wideBytes(classes, m);
  const turning =
    wideBytes(m, m) + Math.max(eigenBytes(core, m, m), wideBytes(m, m) + rotateBytes(core, d, m, classes));
  return kept + Math.max(turning, wideBytes(classes, m) + rowProductBytes(core, d, m, classes));
}

/** The rows that an iteration looks at. */
interface Working {
  /** Ascending. */
  readonly rows: Int32Array;
  /** Their rows of A. */
  readonly A: Wide;
  /** The v that they were chosen by. */
  readonly v: Float64Array;
  /** No other row leaves 0 as long as |v − that v| is at most this. */
  readonly radius: number;
}

export class Multipliers {
  /** The penalty of the next iteration. */
  kappa: number;
  readonly #problem: RowSparse;
  readonly #lambda: number;
  readonly #options: PenaltyOptions;
  readonly #spare: number;
  /** Squared singular values of A. */
  readonly #e: Float64Array;
  /** Lengths of the rows of A. */
  readonly #lengths: Float64Array;
  /** Room for rows of A, and for as many rows of C. */
  readonly #rows: Wide;
  readonly #change: Wide;
  /** classes x m. */
  readonly #v: Wide;
  #working: Working | undefined;
  // Of the last iteration: its penalty, and what it started from; of the one before its penalty and its C.
  #kappaBefore: number;
  #vBefore: Float64Array;
  #RBefore: Float64Array;
  #CBefore: Float64Array;
  #kappaEarlier: number;
  #CEarlier: Float64Array;
  #growing = true;
  #balanced = 0;

  /**
   * Starts from C = 0, whose residual the problem must have; rotates the problem.
   * @param spare rows that are looked at beside twice those that have to be
   */
  constructor(problem: RowSparse, lambda: number, options: PenaltyOptions, spare = SPARE) {
    const { core, A, R, C, classes } = problem;
    const { rows: d, cols: m } = A;
    this.#problem = problem;
    this.#lambda = lambda;
    this.#options = options;
    this.#spare = spare;
    this.kappa = this.#kappaBefore = this.#kappaEarlier = options.kappa;
    this.#rows = wide(core, copied(d), m);
    this.#change = wide(core, d, classes);
    this.#v = wide(core, classes, m);
    wideValues(core, this.#v).fill(0);
    this.#e = core.scoped(() => {
      const gram = wide(core, m, m);
      multiply(core, gram, transposed(A), A, { lower: true });
      const { values, vectors } = symmetricEigen(core, gram, m);
      problem.rotate(vectors);
      return values.map((value) => Math.max(0, value));
    });
    this.#lengths = rowNorms(wideValues(core, A), m);
    this.#vBefore = wideValues(core, this.#v).slice();
    this.#RBefore = wideValues(core, R).slice();
    this.#CBefore = wideValues(core, C).slice();
    this.#CEarlier = this.#CBefore;
  }

  /** Rows that the last iteration looked at. */
  get looked(): number {
    return this.#working?.rows.length ?? 0;
  }

  /** v, C and kappa, each once. */
  iterate(): void {
    const { core, C, R, classes } = this.#problem;
    const { kappa } = this;
    this.#relax();
    this.#CEarlier = this.#CBefore;
    this.#CBefore = wideValues(core, C).slice();
    this.#RBefore = wideValues(core, R).slice();
    const { rows, A } = this.#look();
    const change = wideRows(this.#change, 0, rows.length);
    multiply(core, change, A, transposed(this.#v));
    const [own, moves] = [wideValues(core, C), wideValues(core, change)];
    const shrinkage = this.#lambda / kappa;
    rows.forEach((row, i) => {
      const [to, from] = [row * classes, i * classes];
      let square = 0;
      for (let k = 0; k < classes; k++) {
        const z = own[to + k] + moves[from + k] / kappa;
        square += z * z;
        moves[from + k] = z;
      }
      const norm = Math.sqrt(square);
      const kept = norm > shrinkage ? 1 - shrinkage / norm : 0;
      for (let k = 0; k < classes; k++) {
        const c = kept * moves[from + k];
        moves[from + k] = c - own[to + k];
        own[to + k] = c;
      }
    });
    multiply(core, R, transposed(change), A, { alpha: -1, add: true });
    this.#kappaEarlier = this.#kappaBefore;
    this.#kappaBefore = kappa;
    if (this.#growing) this.kappa = Math.min(this.#options.rho * kappa, this.#options.kappaMax);
  }

  /** C − Q after the last iteration, d x classes; all rows are looked at. */
  apart(): Float64Array {
    const { core, C, classes, A } = this.#problem;
    // Q = Z + T' / kappa with T' = kappa' (C' − C'') − A v'ᵀ.
    const moved = core.scoped(() => {
      const step = wide(core, classes, A.cols, wideValues(core, this.#v));
      const values = wideValues(core, step);
      for (let at = 0; at < values.length; at++) values[at] -= this.#vBefore[at];
      return this.#problem.times(step);
    });
    const own = wideValues(core, C);
    const [before, earlier, kappa] = [this.#CBefore, this.#CEarlier, this.#kappaBefore];
    const ratio = this.#kappaEarlier / kappa;
    return moved.map(
      (value, at) => own[at] - before[at] - value / kappa - ratio * (before[at] - earlier[at]),
    );
  }

  /** After a pass: an end to growth once C and Q agree, or a penalty that brings the residuals closer together. */
  settle(): void {
    const apart = this.apart();
    // All rows are looked at for a pass, and then it is asked again which have to be.
    if (this.#working?.radius === Infinity) this.#working = undefined;
    if (this.#growing && largest(apart.map(Math.abs)) > AGREED) return;
    this.#growing = false;
    if (this.#balanced++ >= BALANCE.passes) return;
    const own = wideValues(this.#problem.core, this.#problem.C);
    const primal = Math.sqrt(squared(apart));
    const dual = this.#kappaBefore * Math.sqrt(squared(own.map((c, at) => c - this.#CBefore[at])));
    if (primal <= BALANCE.slack * dual && dual <= BALANCE.slack * primal) return;
    const ratio = Math.sqrt(primal / Math.max(dual, 1e-300));
    this.kappa *= Math.min(BALANCE.most, Math.max(1 / BALANCE.most, ratio));
  }

  #relax(): void {
    const { core, R } = this.#problem;
    const [v, residual, before, e] = [wideValues(core, this.#v), wideValues(core, R), this.#RBefore, this.#e];
    const [now, then] = [2 * this.kappa, 2 * this.#kappaBefore];
    this.#vBefore = v.slice();
    for (let from = 0; from < v.length; from += e.length)
      for (let j = 0; j < e.length; j++) {
        const at = from + j;
        const sum = now * residual[at] + then * (residual[at] - before[at]) + 2 * e[j] * v[at];
        v[at] = sum / (2 * e[j] + this.kappa);
      }
  }

  /** The rows that may be other than 0 for this v: those of the last time, or chosen anew. */
  #look(): Working {
    const v = wideValues(this.#problem.core, this.#v);
    const known = this.#working;
    if (known !== undefined && distance(v, known.v) <= known.radius) return known;
    return (this.#working = this.#choose(v.slice()));
  }

  #choose(v: Float64Array): Working {
    const { core, A, C, classes } = this.#problem;
    const d = A.rows;
    const slopes = rowNorms(this.#problem.times(this.#v), classes);
    const norms = rowNorms(wideValues(core, C), classes);
    // A row that is 0 stays so while |A_i v| ≤ lambda, hence while v moves by at most this.
    const radii = slopes.map((slope, i) =>
      norms[i] > 0 ? -Infinity : (this.#lambda - slope) / this.#lengths[i],
    );
    const sorted = radii.slice().sort();
    const needed = sorted.findIndex((radius) => radius > 0);
    const count = 2 * (needed < 0 ? d : needed) + this.#spare;
    if (count > copied(d)) return { rows: Int32Array.from(radii.keys()), A, v, radius: Infinity };
    const radius = sorted[count];
    const rows = Int32Array.from(radii.keys()).filter((i) => radii[i] < radius);
    const own = wideRows(this.#rows, 0, rows.length);
    rows.forEach((row, i) =>
      wideValues(core, wideRows(own, i, 1)).set(wideValues(core, wideRows(A, row, 1))),
    );
    return { rows, A: own, v, radius };
  }
}

/** |a − b|. */
function distance(a: Float64Array, b: Float64Array): number {
  let square = 0;
  for (let at = 0; at < a.length; at++) square += (a[at] - b[at]) * (a[at] - b[at]);
  return Math.sqrt(square);
}

/**
 * Passes of 25 iterations without end; yields what C has come to before the first pass and after each, and undefined
 * after an iteration. Objectives may rise on the way.
 */
export function* multiplierPasses(
  problem: RowSparse,
  lambda: number,
  options: PenaltyOptions,
): Generator<RowPass | undefined, never> {
  yield { ...problem.certificate(lambda, problem.slopes()), lambda };
  const run = new Multipliers(problem, lambda, options);
  for (;;) {
    for (let t = 0; t < PASS; t++) {
      run.iterate();
      yield;
    }
    run.settle();
    problem.residual();
    yield { ...problem.certificate(lambda, problem.slopes()), lambda };
  }
}
