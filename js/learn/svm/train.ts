// Linear support vector machines in f64, from rows or from inner products, solved tightly.
//
//     min_w  ½|w|² + Σ C_i ξ_i,   ξ_i = [1 − y_i w·x_i]₊² (`ovr-l2`) or [1 − y_i w·x_i]₊ (`ovo`),   C_i = C·weight_i
//
// Schemes and solvers: method.md, Linear SVM. The problems are convex and are solved to their one answer, whatever the
// order in which a solver visits the rows; every solver stops at a cap, an exact one takes over from one that has
// not converged, and the reports say how good the answer is. Beyond C·Σ|x_i|² ≈ 1e11 on rows that no plane separates,
// rounding can keep the margins from settling to 1e-6; `converged` is false then.
import type { Core } from '../../core/index.js';
import { checkOneOf } from '../../data/index.js';
import { weightsOf } from './coefficients.js';
import { trainPairs } from './hinge/pairs.js';
import type { LinearSvm } from './model.js';
import {
  checkRange,
  keepRows,
  type KeptRows,
  onHost,
  type Shuffler,
  SVM_SCHEMES,
  type SvmProblem,
  type SvmScheme,
} from './problem.js';
import type { SvmReport } from './report.js';
import { trainAgainstRest } from './squared-hinge/against-rest.js';
import { trainStored } from './squared-hinge/stored-gram.js';

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
  /** Where `ovr-l2` on rows with few columns does its dense algebra (`normalBytes`). Default: on the host. */
  core?: Core;
}

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
  readonly report: SvmReport;
}

/**
 * Trains a linear SVM.
 *
 * Which solver runs follows from the scheme and the shape alone: `ovr-l2` on rows with few columns by Newton's
 * method, with many (from about n/2) or on a Gram by greedy steps on inner products. The result has the same bits for
 * the same input, options and generator state.
 * @param problem rows (n x p) or a Gram (n x n, on the host or in wasm memory), labels, number of classes, weights
 * @param random order of the rows for `ovr-l2` on more than 3071 features and about as many rows, or more; else not used
 * @returns weights for rows, coefficients for a Gram (`withWeights` makes the one of the other)
 * @throws {SatnmfError} `bad-argument` (an option or weight out of range), `shape-mismatch`, `unknown-class` (a
 *   label outside −1 … classes − 1), `not-finite`, `too-few-rows` (no labelled row with a weight above 0),
 *   `too-large` (the inner products of more than 11585 rows)
 *
 * @example
 * const svm = trainLinearSvm({ rows, features: 64, labels, classes: 5 }, { C: 1 }, random);
 * predictClasses(decide(svm, others)); // a class index for each of the others
 */
export function trainLinearSvm(problem: SvmProblem, options: SvmOptions, random: Shuffler): LinearSvm {
  const { C = 1, tolerance = 1e-6, core } = options;
  const scheme = checkOneOf('scheme', options.scheme ?? 'ovr-l2', SVM_SCHEMES);
  checkRange('C', C, 1e-30, 1e30);
  checkRange('tolerance', tolerance, 1e-14, 1);
  checkRange('bias', options.bias ?? 1, -Infinity, 1e30);
  const bias = scheme === 'ovo' ? 0 : Math.max(0, options.bias ?? 1);
  const data = keepRows(problem, C, bias);
  const outputs = solve(data, scheme, bias, tolerance, random, core);
  return assemble(data, problem, { scheme, C, bias }, outputs);
}

/** Runs the scheme; one class needs no solver. */
function solve(
  data: KeptRows,
  scheme: SvmScheme,
  bias: number,
  tolerance: number,
  random: Shuffler,
  core?: Core,
): Output[] {
  const { present, stored } = data;
  if (present.length === 1) return [];
  if (scheme === 'ovo')
    return trainPairs(onHost(data, bias), tolerance).map(({ bias: free, ...pair }) => ({ ...pair, free }));
  const each =
    stored === undefined
      ? trainAgainstRest(data, tolerance, random, core)
      : trainStored(stored, data, bias, tolerance);
  return each.map((one) => ({ ...one, negative: present.length === 2 ? 1 : -1 }));
}

/** Puts outputs back in the order and the numbering of the problem. */
function assemble(
  { total, keep, present, width, rows }: KeptRows,
  problem: SvmProblem,
  settings: { scheme: SvmScheme; C: number; bias: number },
  outputs: readonly Output[],
): LinearSvm {
  const { bias } = settings;
  const k = outputs.length;
  const inputs = problem.features ?? total;
  const vectors = new Float64Array(k * inputs);
  const intercepts = new Float64Array(k);
  outputs.forEach(({ w, c, free }, at) => {
    if (rows === undefined) {
      let sum = 0;
      c?.forEach((value, i) => {
        vectors[at * total + keep[i]] = value;
        sum += value;
      });
      intercepts[at] = free ?? bias * bias * sum;
    } else {
      const full = w ?? weightsOf(rows, width, c as Float64Array);
      vectors.set(full.subarray(0, inputs), at * inputs);
      intercepts[at] = free ?? (bias > 0 ? bias * full[inputs] : 0);
    }
  });
  const reports = outputs.map(({ report }) => report);
  return {
    ...settings,
    form: rows === undefined ? 'coefficients' : 'weights',
    classes: problem.classes,
    present,
    inputs,
    outputs: k,
    vectors,
    intercepts,
    positive: Int32Array.from(outputs, ({ positive }) => present[positive]),
    negative: Int32Array.from(outputs, ({ negative }) => (negative < 0 ? -1 : present[negative])),
    reports,
    converged: reports.every(({ converged }) => converged),
  };
}
