/**
 * Linear support vector machines in f64, from rows or from inner products, solved tightly.
 *
 *     min_w  ½|w|² + Σ C_i ξ_i,   ξ_i = [1 − y_i w·x_i]₊ (L1) or its square (L2),   C_i = C·weight_i
 *
 * Schemes and solvers: method.md, Linear SVM. The problems are convex and are solved to their one answer, whatever the
 * order in which a solver visits the rows; every solver stops at a cap, an exact one takes over from one that has
 * not converged (`cs` has none), and the reports say how good the answer is. Beyond C·Σ|x_i|² ≈ 1e11 on rows that
 * no plane separates, rounding can keep the margins from settling to 1e-6; `converged` is false then.
 *
 * @module
 */
import type { Core } from '../../core/core.js';
import { SatnmfError } from '../../errors.js';
import { crammerSinger } from './crammer-singer.js';
import type { LinearSvm } from './model.js';
import { weightsOf } from './dual-point.js';
import { type Against, trainAgainstRest } from './ovr.js';
import { trainPairs } from './ovo.js';
import {
  type Prepared,
  type Shuffler,
  type SvmProblem,
  type SvmScheme,
  checkRange,
  prepare,
  taken,
} from './problem.js';
import type { SvmReport } from './report.js';
import { type Start, startsFrom } from './start.js';
import { trainStored } from './stored.js';

export { type Decisions, decide, decideGram, predictClasses } from './decide.js';
export { type LinearSvm, weightsFromRows, withWeights } from './model.js';
export type { Shuffler, StoredGram, SvmProblem, SvmScheme } from './problem.js';
export { storedBytes } from './stored.js';

/** How to train. */
export interface SvmOptions {
  /** Default `ovr-l2`. */
  scheme?: SvmScheme;
  /** C in [1e-30, 1e30]: the price of a violated margin. Default 1. */
  C?: number;
  /**
   * Constant appended to each row, so that its weight, the bias, is regularised with the others; 0 or less: none.
   * Up to 1e30. Not used by `ovo`, whose bias is free. Default 1.
   */
  bias?: number;
  /** Largest violation of the optimality conditions, in units of the margin, in [1e-14, 1]. Default 1e-6. */
  tolerance?: number;
  /**
   * An SVM trained on the same rows and labels with the same scheme and bias, but another C: training starts from
   * it. The answer is the same within the tolerance, sooner.
   */
  start?: LinearSvm;
  /** Where `ovr-l2` on rows with few columns does its dense algebra ({@link normalBytes}). Default: on the host. */
  core?: Core;
}

const SCHEMES: readonly SvmScheme[] = ['ovr-l2', 'ovr-l1', 'cs', 'ovo'];

/** One output before it gets its place. */
interface Output {
  readonly positive: number;
  readonly negative: number;
  /** Weights of the columns (the bias last), if the problem has rows. */
  readonly w?: Float64Array;
  /** Coefficients of the kept rows, if the solver has them. */
  readonly c?: Float64Array;
  /** Free bias of `ovo`. */
  readonly free?: number;
}

/**
 * Trains a linear SVM.
 *
 * Which solver runs follows from the scheme and the shape alone: `ovr-l2` on rows with few columns by Newton's
 * method, with many (from about n/2) or on a Gram by greedy steps on inner products; neither uses `random`, nor
 * does `ovo`. The result has the same bits for the same input, options and generator state.
 *
 * @param problem rows (n x p) or a Gram (n x n, on the host or in wasm memory), labels, number of classes, weights
 * @param random order of the rows for `cs`, and for `ovr-l1` on rows with p ≤ n
 * @returns weights for rows, coefficients for a Gram (`withWeights` makes the one of the other)
 *
 * @throws {SatnmfError} `bad-argument` (an option or weight out of range), `shape-mismatch`, `unknown-class` (a
 *   label outside −1 … classes − 1), `not-finite`, `too-few-rows` (no labelled row with a weight above 0),
 *   `too-large` (the inner products of more than 11585 rows)
 *
 * @example
 * const svm = trainLinearSvm({ rows, features: 64, labels, classes: 5 }, { C: 1 }, random);
 * predictClasses(decide(svm, others)); // a class index for each of the others
 */
export function trainLinearSvm(problem: SvmProblem, options: SvmOptions, random: Shuffler): LinearSvm {
  const { C = 1, start } = options;
  const { scheme, tolerance, bias } = settled(options, [C]);
  const data = prepare(problem, C, bias);
  const starts =
    start === undefined
      ? undefined
      : startsFrom(start, data, scheme, C, bias, problem.features ?? data.total);
  const { outputs, reports } = solve(data, { scheme, bias, tolerance, core: options.core }, random, starts);
  return assemble(data, problem, { scheme, C, bias }, outputs, reports);
}

/** Options with their defaults, checked. */
function settled(
  options: SvmOptions,
  Cs: readonly number[],
): { scheme: SvmScheme; tolerance: number; bias: number } {
  const { scheme = 'ovr-l2', tolerance = 1e-6 } = options;
  if (!SCHEMES.includes(scheme))
    throw new SatnmfError(
      'bad-argument',
      `"scheme" must be one of ${SCHEMES.join(', ')}, got ${String(scheme)}`,
      {
        argument: 'scheme',
        expected: SCHEMES.join(', '),
        actual: String(scheme),
      },
    );
  for (const C of Cs) checkRange('C', C, 1e-30, 1e30);
  checkRange('tolerance', tolerance, 1e-14, 1);
  checkRange('bias', options.bias ?? 1, -Infinity, 1e30);
  return { scheme, tolerance, bias: scheme === 'ovo' ? 0 : Math.max(0, options.bias ?? 1) };
}

/** Options of {@link trainSvmPath}: all but C, and what it starts from. */
export type SvmPathOptions = Omit<SvmOptions, 'C' | 'start'>;

/**
 * Trains the same SVM for several C: each is solved to the same tolerance as by {@link trainLinearSvm}, and starts
 * from the solution of the next smaller one. Most of the work of the first is shared: on a Gram in wasm memory seven
 * values take little longer than one.
 *
 * The result for a C is certified like any other (`reports`), so that it is the one of separate training within the
 * tolerance; `ovr-l2` on a stored Gram gives objectives within 1e-9 of it. Its last bits may depend on which smaller
 * values were asked for beside it, not on their order; the smallest has the bits of separate training.
 *
 * @param Cs values in [1e-30, 1e30], in any order, at least one
 * @returns an SVM for each entry of `Cs`, in their order
 * @throws {SatnmfError} as {@link trainLinearSvm}
 */
export function trainSvmPath(
  problem: SvmProblem,
  options: SvmPathOptions,
  Cs: readonly number[],
  random: Shuffler,
): LinearSvm[] {
  if (Cs.length === 0)
    throw new SatnmfError('bad-argument', '"Cs" must hold at least one value of C, got none', {
      argument: 'Cs',
      expected: 'at least one C',
      actual: 'none',
    });
  const { scheme, tolerance, bias } = settled(options, Cs);
  const ascending = [...new Set(Cs)].sort((a, b) => a - b);
  const trained = new Map<number, LinearSvm>();
  const prepared = problem.stored === undefined ? [] : ascending.map((C) => prepare(problem, C, bias));
  // A row may weigh too little for a small C and count for a large one.
  const alike = prepared.every(({ count }) => count === prepared[0].count);
  if (scheme === 'ovr-l2' && prepared.length > 0 && alike && prepared[0].present.length > 1) {
    const each = trainStored(prepared, bias, tolerance);
    ascending.forEach((C, at) =>
      trained.set(C, assembleAgainst(prepared[at], problem, { scheme, C, bias }, each[at])),
    );
  } else
    ascending.forEach((C, at) => {
      const start = trained.get(ascending[at - 1]);
      const own = { ...options, C, ...(start !== undefined && prepared.length === 0 ? { start } : {}) };
      trained.set(C, trainLinearSvm(problem, own, random));
    });
  return Cs.map((C) => trained.get(C) as LinearSvm);
}

function assembleAgainst(
  data: Prepared,
  problem: SvmProblem,
  settings: { scheme: SvmScheme; C: number; bias: number },
  each: readonly Against[],
): LinearSvm {
  const { outputs, reports } = against(data, each);
  return assemble(data, problem, settings, outputs, reports);
}

/** Outputs of one class against the rest, each. */
function against(data: Prepared, each: readonly Against[]): { outputs: Output[]; reports: SvmReport[] } {
  const single = data.present.length === 2;
  return {
    outputs: each.map((one) => ({ ...one, negative: single ? 1 : -1 })),
    reports: each.map((one) => one.report),
  };
}

/** Runs the scheme; one class needs no solver. */
function solve(
  given: Prepared,
  {
    scheme,
    bias,
    tolerance,
    core,
  }: { scheme: SvmScheme; bias: number; tolerance: number; core: Core | undefined },
  random: Shuffler,
  starts?: readonly Start[],
): { outputs: Output[]; reports: SvmReport[] } {
  if (given.present.length === 1) return { outputs: [], reports: [] };
  if (scheme === 'ovr-l2' && given.stored !== undefined) {
    const from = starts?.map(({ c }) => c as Float64Array);
    return against(given, trainStored([given], bias, tolerance, from)[0]);
  }
  const data = taken(given, bias);
  const coefficients = starts?.every((from) => from.c !== undefined)
    ? starts.map((from) => (from.c as Float64Array).map((value) => value * from.ratio))
    : undefined;
  if (scheme === 'cs') {
    const joint = crammerSinger(data, tolerance, random, coefficients);
    return {
      outputs: joint.coefficients.map((c, positive) => ({ positive, negative: -1, c })),
      reports: [joint.report],
    };
  }
  if (scheme === 'ovo') {
    const pairs = trainPairs(data, tolerance, coefficients);
    return {
      outputs: pairs.map(({ positive, negative, c, bias }) => ({ positive, negative, c, free: bias })),
      reports: pairs.map((pair) => pair.report),
    };
  }
  const each = trainAgainstRest(data, scheme === 'ovr-l2' ? 'l2' : 'l1', tolerance, random, starts, core);
  return against(data, each);
}

/** Puts outputs back in the order and the numbering of the problem. */
function assemble(
  data: Prepared,
  problem: SvmProblem,
  settings: { scheme: SvmScheme; C: number; bias: number },
  outputs: readonly Output[],
  reports: readonly SvmReport[],
): LinearSvm {
  const { total, keep, present, width, rows } = data;
  const { bias } = settings;
  const k = outputs.length;
  const form = rows === undefined ? 'coefficients' : 'weights';
  const inputs = problem.features ?? total;
  const vectors = new Float64Array(k * inputs);
  const intercepts = new Float64Array(k);
  const dual = new Float64Array(k * total);
  outputs.forEach(({ w, c, free }, at) => {
    let sum = 0;
    c?.forEach((value, i) => {
      dual[at * total + keep[i]] = value;
      sum += value;
    });
    if (rows === undefined) {
      vectors.set(dual.subarray(at * total, (at + 1) * total), at * total);
      intercepts[at] = free ?? bias * bias * sum;
    } else {
      const full = w ?? weightsOf(rows, width, c as Float64Array);
      vectors.set(full.subarray(0, inputs), at * inputs);
      intercepts[at] = free ?? (bias > 0 ? bias * full[inputs] : 0);
    }
  });
  const hasDual = form === 'weights' && k > 0 && outputs.every(({ c }) => c !== undefined);
  return {
    ...settings,
    form,
    classes: problem.classes,
    present,
    inputs,
    outputs: k,
    vectors,
    intercepts,
    positive: Int32Array.from(outputs, ({ positive }) => present[positive]),
    negative: Int32Array.from(outputs, ({ negative }) => (negative < 0 ? -1 : present[negative])),
    ...(hasDual ? { dual } : {}),
    reports,
    converged: reports.every(({ converged }) => converged),
  };
}
