// What a linear SVM is trained on, and the checks and gathering that every solver starts from.
import type { Core, Pointer } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';

/**
 * How several classes become one or more quadratic problems (method.md, Several classes):
 * - `ovr-l2`: one vector a class against the rest, squared hinge loss;
 * - `ovo`: one vector a pair of classes, hinge loss, unregularised bias, as LIBSVM has it.
 */
export const SVM_SCHEMES = ['ovr-l2', 'ovo'] as const;
export type SvmScheme = (typeof SVM_SCHEMES)[number];

/** Row-major numbers, single or double. */
export type Floats = Float32Array | Float64Array;

/** The one thing that coordinate descent needs from a generator: a random order. */
export interface Shuffler {
  /** Permutes `indices` in place. */
  shuffle(indices: Int32Array): void;
}

interface Labelling {
  /** Class index 0 … classes − 1 of each row; −1 is unlabelled, and the row is left out. */
  readonly labels: Int32Array;
  /** Number of classes; not every one needs to occur. */
  readonly classes: number;
  /** Weight w_i ≥ 0 of each row: C_i = C·w_i. A row of weight 0 is left out. Default 1 for all. */
  readonly weights?: ArrayLike<number>;
}

/** Training data as explicit rows: n = `labels.length`, `rows` holds n x `features` values. */
export interface RowsProblem extends Labelling {
  readonly rows: Floats;
  readonly features: number;
  readonly gram?: undefined;
  readonly stored?: undefined;
}

/** Training data as inner products: `gram` holds n x n values K = A Aᵀ, symmetric, without bias. */
export interface GramProblem extends Labelling {
  readonly gram: Floats;
  readonly rows?: undefined;
  readonly features?: undefined;
  readonly stored?: undefined;
}

/**
 * A Gram matrix in the arena of a Core, f32, `ld` values a row, of at least as many rows as there are labels; the first
 * ones count.
 */
export interface StoredGram {
  readonly core: Core;
  readonly at: Pointer;
  readonly ld: number;
}

/** Training data as inner products that lie in wasm memory already; not changed. */
export interface StoredProblem extends Labelling {
  readonly stored: StoredGram;
  readonly gram?: undefined;
  readonly rows?: undefined;
  readonly features?: undefined;
}

export type SvmProblem = RowsProblem | GramProblem | StoredProblem;

/** The rows that count, in f64. */
export interface KeptRows {
  /** Rows of the problem as it came, and how many of them are labelled with a weight above 0. */
  readonly total: number;
  readonly count: number;
  /** `count` ascending row numbers of the problem. */
  readonly keep: Int32Array;
  /** Classes that occur, ascending. */
  readonly present: Int32Array;
  /** `count` positions in {@link present}. */
  readonly slots: Int32Array;
  /** `count` costs C_i = C·w_i. */
  readonly costs: Float64Array;
  /** Columns of {@link rows}, the constant among them; 0 for a Gram. */
  readonly width: number;
  /** `count x width`: the rows with the bias constant appended if there is one … */
  readonly rows?: Float64Array;
  /** … or `count x count`: the Gram with bias² added … */
  readonly gram?: Float64Array;
  /** … or where it is stored, of all rows and without bias². */
  readonly stored?: StoredGram;
}

/** Largest matrix of inner products that is formed: 1 GiB of f64. */
export const GRAM_ROWS_MAX = 11585;

/** Outside of these a solver could overflow (ours). */
const NORM_MAX = 1e150;
const COST_MAX = 1e30;
/** A row with a smaller C_i cannot move the solution by anything that f64 shows: it counts as weight 0 (ours). */
const COST_MIN = 1e-60;

function badArgument(argument: string, expected: string, actual: unknown): SatnmfError {
  return new SatnmfError('bad-argument', `"${argument}" must be ${expected}, got ${String(actual)}`, {
    argument,
    expected,
    actual: String(actual),
  });
}

/** @throws {SatnmfError} `bad-argument` unless `value` lies in [least, most] */
export function checkRange(argument: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most))
    throw badArgument(argument, `a number in [${least}, ${most}]`, value);
}

/** The Gram of `count` rows must fit. @throws {SatnmfError} `too-large` */
export function checkGramSize(count: number): void {
  if (count > GRAM_ROWS_MAX)
    throw new SatnmfError(
      'too-large',
      `The SVM needs the inner products of ${count} rows with each other; at most ${GRAM_ROWS_MAX} rows are allowed`,
      { argument: 'labels', expected: `at most ${GRAM_ROWS_MAX} rows`, actual: String(count) },
    );
}

/** Shapes, labels and weights of a problem; which rows stay. */
function gather(problem: SvmProblem, C: number): { total: number; keep: Int32Array; costs: Float64Array } {
  const { labels, classes, weights } = problem;
  const total = labels.length;
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw badArgument('classes', 'a whole number ≥ 1', classes);
  if (weights !== undefined && weights.length !== total)
    throw new SatnmfError(
      'shape-mismatch',
      `"weights" must have ${total} entries, one a label, got ${weights.length}`,
      {
        argument: 'weights',
        expected: String(total),
        actual: String(weights.length),
      },
    );
  const [argument, length, width] =
    problem.rows !== undefined
      ? (['rows', problem.rows.length, problem.features] as const)
      : problem.gram !== undefined
        ? (['gram', problem.gram.length, total] as const)
        : (['stored', total * Math.min(problem.stored.ld, total), total] as const);
  if (problem.rows !== undefined && !(Number.isSafeInteger(problem.features) && problem.features >= 1))
    throw badArgument('features', 'a whole number ≥ 1', problem.features);
  if (length !== total * width)
    throw new SatnmfError(
      'shape-mismatch',
      `"${argument}" must hold ${total} x ${width} = ${total * width} values, got ${length}`,
      { argument, expected: String(total * width), actual: String(length) },
    );
  const keep: number[] = [];
  const costs: number[] = [];
  for (let i = 0; i < total; i++) {
    if (labels[i] < -1 || labels[i] >= classes)
      throw new SatnmfError(
        'unknown-class',
        `"labels" must hold class indices 0 … ${classes - 1}, or −1 for unlabelled; row ${i} has ${labels[i]}`,
        { argument: 'labels', row: i, expected: `−1 … ${classes - 1}`, actual: String(labels[i]) },
      );
    const weight = weights === undefined ? 1 : weights[i];
    if (!(weight >= 0 && C * weight <= COST_MAX))
      throw new SatnmfError(
        'bad-argument',
        `"weights" must be ≥ 0 and at most ${COST_MAX} / C, row ${i} has ${String(weight)}`,
        { argument: 'weights', row: i, expected: `a number in [0, ${COST_MAX / C}]`, actual: String(weight) },
      );
    if (labels[i] >= 0 && C * weight > COST_MIN) {
      keep.push(i);
      costs.push(C * weight);
    }
  }
  if (keep.length === 0)
    throw new SatnmfError(
      'too-few-rows',
      `The SVM needs at least one labelled row with a weight above 0, got none of ${total}`,
      {
        argument: 'labels',
        expected: 'at least 1',
        actual: '0',
      },
    );
  return { total, keep: Int32Array.from(keep), costs: Float64Array.from(costs) };
}

function refuseValue(argument: string, row: number, column: number, value: number): never {
  throw new SatnmfError(
    'not-finite',
    `"${argument}" must hold finite numbers, row ${row}, column ${column} has ${value}`,
    {
      argument,
      row,
      column,
      actual: String(value),
    },
  );
}

function checkNorm(argument: string, row: number, norm: number): void {
  if (norm > NORM_MAX)
    throw new SatnmfError(
      'bad-argument',
      `"${argument}" must be scaled down: row ${row} has a squared length of ${norm}, at most ${NORM_MAX} is allowed`,
      { argument, row, expected: `at most ${NORM_MAX}`, actual: String(norm) },
    );
}

/** Kept rows in f64, `bias` appended to each when it is above 0. */
function gatherRows(rows: Floats, features: number, keep: Int32Array, bias: number): Float64Array {
  const width = features + (bias > 0 ? 1 : 0);
  const out = new Float64Array(keep.length * width);
  for (let i = 0; i < keep.length; i++) {
    const from = keep[i] * features;
    let norm = 0;
    for (let j = 0; j < features; j++) {
      const value = rows[from + j];
      if (!Number.isFinite(value)) refuseValue('rows', keep[i], j, value);
      norm += value * value;
      out[i * width + j] = value;
    }
    checkNorm('rows', keep[i], norm);
    if (bias > 0) out[i * width + features] = bias;
  }
  return out;
}

/** Kept rows and columns of the Gram in f64 with `bias²` added; the Gram itself where nothing has to change. */
function gatherGram(gram: Floats, total: number, keep: Int32Array, bias: number): Float64Array {
  const n = keep.length;
  const square = bias > 0 ? bias * bias : 0;
  const asItIs = gram instanceof Float64Array && n === total && square === 0;
  const out = asItIs ? gram : new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const from = keep[i] * total;
    for (let j = 0; j < n; j++) {
      const value = gram[from + keep[j]];
      if (!Number.isFinite(value)) refuseValue('gram', keep[i], keep[j], value);
      if (!asItIs) out[i * n + j] = value + square;
    }
    const norm = gram[from + keep[i]];
    if (norm < 0)
      throw new SatnmfError('bad-argument', `"gram" must have a diagonal ≥ 0, row ${keep[i]} has ${norm}`, {
        argument: 'gram',
        row: keep[i],
        column: keep[i],
        expected: 'a number ≥ 0',
        actual: String(norm),
      });
    checkNorm('gram', keep[i], norm);
  }
  return out;
}

/**
 * Checks a problem and keeps the rows that count.
 * @param bias constant appended to each row, > 0; 0 or less for none
 * @throws {SatnmfError} `bad-argument`, `shape-mismatch`, `unknown-class`, `not-finite`, `too-few-rows`, `too-large`
 */
export function keepRows(problem: SvmProblem, C: number, bias: number): KeptRows {
  const { total, keep, costs } = gather(problem, C);
  const count = keep.length;
  if (problem.rows === undefined) checkGramSize(count);
  const present = Int32Array.from(new Set(Array.from(keep, (i) => problem.labels[i]))).sort();
  const slots = Int32Array.from(keep, (i) => present.indexOf(problem.labels[i]));
  const common = { total, count, keep, present, slots, costs };
  if (problem.stored !== undefined) return { ...common, width: 0, stored: problem.stored };
  return problem.rows !== undefined
    ? {
        ...common,
        width: problem.features + (bias > 0 ? 1 : 0),
        rows: gatherRows(problem.rows, problem.features, keep, bias),
      }
    : { ...common, width: 0, gram: gatherGram(problem.gram, total, keep, bias) };
}

/** The same with a stored Gram copied out of wasm memory, for the solvers that work on the host. */
export function onHost(data: KeptRows, bias: number): KeptRows {
  if (data.stored === undefined) return data;
  const { core, at, ld } = data.stored;
  const { total, count, keep, present, slots, costs, width } = data;
  const gram = new Float32Array(total * total);
  for (let i = 0; i < total; i++) gram.set(core.f32(at + i * ld * 4, total), i * total);
  return { total, count, keep, present, slots, costs, width, gram: gatherGram(gram, total, keep, bias) };
}
