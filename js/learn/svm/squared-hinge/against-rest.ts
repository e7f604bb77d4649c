// One against the rest: one binary problem a class, or a single one where there are two classes.
//
// Which solver: with few columns Newton's method on the weights; with more columns than rows greedy steps on the inner
// products of the rows, and Newton's method on those where the greedy steps have not converged; with many rows of many
// columns coordinate descent on the rows.
import type { Core } from '../../../core/index.js';
import { rowProducts } from '../../../core/dense/index.js';
import { weightsOf } from '../coefficients.js';
import { GRAM_ROWS_MAX, type KeptRows, type Shuffler } from '../problem.js';
import { better, type SvmReport } from '../report.js';
import { coordinateDescent } from './coordinate.js';
import { greedyGram } from './greedy.js';
import { lowRankRows } from './low-rank.js';
import { newtonGram } from './newton-gram.js';
import { type NewtonRows, newtonRows } from './newton.js';
import { NormalRows } from './normal-rows.js';

/** One class against the rest, solved: weights of the columns, coefficients of the rows, or both. */
export interface Against {
  /** Position in `present`. */
  readonly positive: number;
  readonly w?: Float64Array;
  readonly c?: Float64Array;
  readonly report: SvmReport;
}

/** Coefficients of the rows, and how good they are. */
interface Solved {
  readonly c: Float64Array;
  readonly report: SvmReport;
}

/** Largest factor that Newton's method makes (ours: 75 MB, a few of them). */
const FACTOR_MAX = 3072;

/**
 * Whether rows are better turned into inner products: with more columns than rows always, else where the factors of
 * Newton's method would cost twice as much (multiplications, as measured on codes and speech features).
 */
function prefersGram(n: number, p: number, problems: number): boolean {
  return p > n || problems * p * p * (0.7 * n + 2 * p) > 2 * n * n * (p + 80 * problems);
}

/**
 * All classes, or the first of two.
 * @param core where Newton's method keeps its rows while it runs; default: on the host
 */
export function trainAgainstRest(
  data: KeptRows,
  tolerance: number,
  random: Shuffler,
  core?: Core,
): Against[] {
  const { count, costs, width, rows } = data;
  if (rows === undefined) return onGram(data, data.gram as Float64Array, tolerance);
  if (count <= GRAM_ROWS_MAX && prefersGram(count, width, problemsOf(data)))
    return onGram(data, rowProducts(rows, count, width), tolerance).map((one) => ({
      ...one,
      w: weightsOf(rows, width, one.c),
    }));
  if (width > FACTOR_MAX)
    return labelled(data, (y) => {
      const solved = coordinateDescent(rows, width, y, costs, tolerance, random);
      return { ...solved, w: weightsOf(rows, width, solved.c) };
    });
  const all = (normal?: NormalRows): Against[] => {
    const newton = { n: count, p: width, rows, costs, ...(normal && { normal }) };
    return labelled(data, (y) => newtonRows(newton, y, tolerance));
  };
  return core === undefined ? all() : core.scoped(() => all(new NormalRows(core, rows, count, width)));
}

/** Binary problems of so many classes. */
export function problemsOf({ present }: KeptRows): number {
  return present.length === 2 ? 1 : present.length;
}

/** +1 for the kept rows of a class, −1 for all others. */
export function sidesOf({ slots }: KeptRows, positive: number): Float64Array {
  return Float64Array.from(slots, (slot) => (slot === positive ? 1 : -1));
}

/** Solves each class against the rest. */
function labelled<Answer extends Omit<Against, 'positive'>>(
  data: KeptRows,
  solve: (y: Float64Array) => Answer,
): (Answer & { positive: number })[] {
  return Array.from({ length: problemsOf(data) }, (_, positive) => ({
    positive,
    ...solve(sidesOf(data, positive)),
  }));
}

function onGram(data: KeptRows, gram: Float64Array, tolerance: number): (Solved & { positive: number })[] {
  return labelled(data, gramSolver(gram, data.costs, tolerance));
}

/** What solves a binary problem by its labels, on inner products; the factor of the exact method is made at first use. */
export function gramSolver(
  gram: Float64Array,
  costs: Float64Array,
  tolerance: number,
): (y: Float64Array) => Solved {
  let factored: NewtonRows | undefined;
  return (y) => {
    const first = greedyGram(gram, y, costs, tolerance);
    if (first.report.violation <= tolerance || y.length > FACTOR_MAX) return first;
    factored ??= lowRankRows(gram, costs);
    return afterwards(first, newtonGram(factored, gram, y, tolerance));
  };
}

/** The better answer, under the names of both solvers. */
function afterwards(first: Solved, second: Solved): Solved {
  const kept = better(first, second);
  const solver = `${first.report.solver}+${second.report.solver}`;
  const iterations = first.report.iterations + second.report.iterations;
  return { ...kept, report: { ...kept.report, solver, iterations } };
}
