// Newton steps on the rows of C that are not 0, where the objective is smooth. Coordinates alone crawl where rows
// of A are alike, as those of hundreds of functionals of speech are.
//
// With u_i = c_i / |c_i| the Hessian is V ↦ 2 A Aᵀ V + lambda / |c_i| (v_i − u_i u_iᵀ v_i). Its system is solved by
// conjugate gradients, preconditioned by 2 A Aᵀ + lambda / (2 |c_i|): one matrix for all classes.
import type { Core } from '../../../core/index.js';
import {
  axpy,
  choleskyBytes,
  dot,
  multiply,
  multiplyBytes,
  solveBytes,
  solveTriangle,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideRows,
  wideValues,
} from '../../../core/dense/index.js';
import { rowNorms, type RowSparse, squared, total } from './problem.js';

/** Part of the curvature of the norms that the preconditioner has: they have it in all directions but one (ours). */
const CURVED = 0.5;
/** Part of the mean diagonal that is added to it, for rows of A that are equal (ours). */
const JITTER = 1e-12;
/** Most steps of conjugate gradients, and the part of the first residual (in its norm, squared) that is enough (ours). */
const GRADIENTS = { steps: 50, enough: 1e-6 };
/** Steps of conjugate gradients between two pauses (ours). */
const BREATH = 5;
/** Lengths of a step that are tried while rows turn round (ours). */
const LENGTHS = 4;
/** A row that is left with this part of its length is 0: rounding. */
const VANISHED = 1e-12;
/** Most rows of a step (ours: a factor of 32 MiB). */
const ROOM = 2048;

/** Rows that a step may have. Far more than A has columns are there only far from the minimum, where steps do not pay. */
export function newtonRows(d: number, m: number): number {
  return Math.min(d, 2 * m, ROOM);
}

/** Bytes of a {@link RowNewton}, … */
export function newtonBytes(rows: number, m: number, classes: number): number {
  return (
    wideBytes(rows, m) + wideBytes(rows, rows) + 2 * wideBytes(rows, classes) + 2 * wideBytes(classes, m)
  );
}

/** … and beside them while it steps. */
export function newtonStepBytes(core: Core, rows: number, m: number, classes: number): number {
  const products = Math.max(multiplyBytes(core, rows, m), multiplyBytes(core, m, rows));
  return Math.max(products, choleskyBytes(core, rows), solveBytes(core, rows, classes));
}

/** The rows of a step, and the objective around them. */
interface Local {
  /** Their rows of A. */
  readonly A: Wide;
  /** Their rows of C, none of them 0. */
  readonly c: Float64Array;
  /** c, each row divided by its length. */
  readonly unit: Float64Array;
  /** lambda / |c_i|. */
  readonly curve: Float64Array;
}

export class RowNewton {
  /** Most rows of a step. */
  readonly room: number;
  readonly #problem: RowSparse;
  readonly #A: Wide;
  readonly #square: Wide;
  readonly #given: Wide;
  readonly #product: Wide;
  readonly #through: Wide;
  readonly #trial: Wide;

  constructor(problem: RowSparse, room: number) {
    const { core, A, classes } = problem;
    this.room = room;
    this.#problem = problem;
    this.#A = wide(core, room, A.cols);
    this.#square = wide(core, room, room);
    this.#given = wide(core, room, classes);
    this.#product = wide(core, room, classes);
    this.#through = wide(core, classes, A.cols);
    this.#trial = wide(core, classes, A.cols);
  }

  /**
   * One step on these rows of C, none of them 0; a row that would turn round becomes 0. Takes the residual along,
   * and never raises the objective. Pauses after some milliseconds of work.
   */
  *step(rows: Int32Array, lambda: number): Generator<undefined, void> {
    const { core, R, C, classes } = this.#problem;
    const local = this.#local(rows, lambda);
    const L = this.#factor(local);
    yield;
    if (L === undefined) return;
    const { A, c, unit } = local;
    const down = this.#times(A, transposed(R)).map((value, at) => 2 * value - lambda * unit[at]);
    const step = yield* this.#direction(local, L, down);
    let best = energy(wideValues(core, R), c, classes, lambda);
    let found: Float64Array | undefined;
    for (const length of lengths(local, step, classes)) {
      const next = stepped(local, step, length, classes);
      const trial = this.#residual(local, next);
      const reached = energy(trial, next, classes, lambda);
      if (!(reached < best)) continue;
      best = reached;
      found = next;
    }
    if (found === undefined) return;
    wideValues(core, R).set(this.#residual(local, found));
    const [all, own] = [wideValues(core, C), found];
    rows.forEach((row, i) => all.set(own.subarray(i * classes, (i + 1) * classes), row * classes));
  }

  /** R with `next` in place of c, until the next one. */
  #residual({ A, c }: Local, next: Float64Array): Float64Array {
    const { core, R } = this.#problem;
    const change = this.#give(next.map((value, at) => value - c[at]));
    const trial = wideValues(core, this.#trial);
    trial.set(wideValues(core, R));
    multiply(core, this.#trial, transposed(change), A, { alpha: -1, add: true });
    return trial;
  }

  #local(rows: Int32Array, lambda: number): Local {
    const { core, A, C, classes } = this.#problem;
    const own = wideRows(this.#A, 0, rows.length);
    const c = new Float64Array(rows.length * classes);
    rows.forEach((row, i) => {
      wideValues(core, wideRows(own, i, 1)).set(wideValues(core, wideRows(A, row, 1)));
      c.set(wideValues(core, wideRows(C, row, 1)), i * classes);
    });
    const norms = rowNorms(c, classes);
    return {
      A: own,
      c,
      unit: c.map((value, at) => value / norms[Math.floor(at / classes)]),
      curve: norms.map((norm) => lambda / norm),
    };
  }

  /** V in the arena, until the next one. */
  #give(values: Float64Array): Wide {
    const V = wideRows(this.#given, 0, values.length / this.#problem.classes);
    wideValues(this.#problem.core, V).set(values);
    return V;
  }

  /** A V. */
  #times(A: Wide, V: Wide): Float64Array {
    const { core } = this.#problem;
    const out = wideRows(this.#product, 0, A.rows);
    multiply(core, out, A, V);
    return wideValues(core, out).slice();
  }

  /** The Cholesky factor of the preconditioner; undefined where rounding leaves none. */
  #factor({ A, curve }: Local): Wide | undefined {
    const { core } = this.#problem;
    const n = A.rows;
    const M: Wide = { ...this.#square, rows: n, cols: n, rowStep: n };
    multiply(core, M, A, transposed(A), { alpha: 2, lower: true });
    const values = wideValues(core, M);
    let trace = 0;
    for (let i = 0; i < n; i++) trace += values[i * n + i];
    for (let i = 0; i < n; i++) values[i * n + i] += CURVED * curve[i] + (JITTER * trace) / n;
    const pivot = core.scoped(() => core.exports.cholesky(M.at, n, core.alloc(choleskyBytes(core, n))));
    return pivot < 0 ? M : undefined;
  }

  /** The Hessian times v. */
  #curved({ A, unit, curve }: Local, v: Float64Array): Float64Array {
    const { core, classes } = this.#problem;
    multiply(core, this.#through, transposed(this.#give(v)), A);
    const out = this.#times(A, transposed(this.#through));
    for (let i = 0; i < A.rows; i++) {
      const along = dot(unit, i * classes, v, i * classes, classes);
      for (let k = i * classes; k < (i + 1) * classes; k++)
        out[k] = 2 * out[k] + curve[i] * (v[k] - unit[k] * along);
    }
    return out;
  }

  /** x with Hessian x = down, as far as conjugate gradients take it. */
  *#direction(local: Local, L: Wide, down: Float64Array): Generator<undefined, Float64Array> {
    const { core } = this.#problem;
    const { length } = down;
    const preconditioned = (r: Float64Array): Float64Array => {
      const V = this.#give(r);
      solveTriangle(core, L, V, 'L');
      solveTriangle(core, L, V, 'Lᵀ');
      return wideValues(core, V).slice();
    };
    const x = new Float64Array(length);
    const r = down.slice();
    let z = preconditioned(r);
    const p = z.slice();
    let rz = dot(r, 0, z, 0, length);
    const enough = GRADIENTS.enough * rz;
    for (let t = 1; t <= GRADIENTS.steps && rz > enough; t++) {
      const Hp = this.#curved(local, p);
      const curvature = dot(p, 0, Hp, 0, length);
      if (!(curvature > 1e-14 * squared(p))) break;
      axpy(rz / curvature, p, 0, x, 0, length);
      axpy(-rz / curvature, Hp, 0, r, 0, length);
      z = preconditioned(r);
      const next = dot(r, 0, z, 0, length);
      for (let k = 0; k < length; k++) p[k] = z[k] + (next / rz) * p[k];
      rz = next;
      if (t % BREATH === 0) yield;
    }
    return x;
  }
}

/**
 * Lengths of a step to try: 1, ¼, …, as long as some row turns round, and the longest without one that does. That
 * one takes a row to 0 and leaves alone what balances it: of two rows of A that are alike one can go.
 */
function lengths({ c, unit }: Local, step: Float64Array, classes: number): number[] {
  let longest = 1;
  for (let at = 0; at < c.length; at += classes) {
    const towards = dot(unit, at, step, at, classes);
    if (towards < 0) longest = Math.min(longest, dot(unit, at, c, at, classes) / -towards);
  }
  const found: number[] = [];
  for (let length = 1; length > longest && found.length < LENGTHS; length /= 4) found.push(length);
  return [...found, longest];
}

/** c + length · step, with 0 in place of rows that turn round or vanish. */
function stepped({ c, unit }: Local, step: Float64Array, length: number, classes: number): Float64Array {
  const next = c.map((value, at) => value + length * step[at]);
  for (let at = 0; at < next.length; at += classes)
    if (!(dot(unit, at, next, at, classes) > VANISHED * dot(unit, at, c, at, classes)))
      next.fill(0, at, at + classes);
  return next;
}

/** |R|² + lambda Σ |c_i|. */
function energy(R: Float64Array, c: Float64Array, classes: number, lambda: number): number {
  return squared(R) + lambda * total(rowNorms(c, classes));
}
