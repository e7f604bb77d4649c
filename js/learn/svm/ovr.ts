/**
 * One against the rest: one binary problem a class, or a single one where there are two classes.
 *
 * Which solver: with few columns the squared hinge loss goes to Newton's method and the hinge loss to coordinate
 * descent on rows; with more columns than rows both go to greedy steps on the inner products of the rows. Where
 * those have not converged at their cap, an exact method takes over, and the better answer is kept.
 *
 * @module
 */
import type { Core } from '../../core/core.js';
import { NormalRows } from './normal-rows.js';
import { gramOf } from '../../core/dense/vectors.js';
import { coordinateDescent } from './coordinate.js';
import { type Loss, decisionsOf, weightsOf } from './dual-point.js';
import { greedyGram } from './greedy.js';
import { fromGram, fromRows } from './inner-products.js';
import { interiorPoint } from './interior.js';
import { lowRankRows } from './low-rank.js';
import { newtonGram } from './newton-gram.js';
import { type NewtonRows, newtonRows } from './newton.js';
import { GRAM_ROWS_MAX, type Prepared, type Shuffler } from './problem.js';
import { type SvmReport, better } from './report.js';
import type { Start } from './start.js';

/** One class against the rest, solved: weights of the columns, coefficients of the rows, or both. */
export interface Against {
  /** Position in `present`. */
  readonly positive: number;
  readonly w?: Float64Array;
  readonly c?: Float64Array;
  readonly report: SvmReport;
}

/** Largest factor that Newton's method and the interior point method make (ours: 75 MB, a few of them). */
const FACTOR_MAX = 3072;

/** Coordinate steps a row after the interior point method (ours). */
const POLISH = 30;

/**
 * Whether rows are better turned into inner products: with more columns than rows always, and for Newton's method
 * also where its factors would cost twice as much (multiplications, as measured on codes and speech features).
 */
function prefersGram(n: number, p: number, problems: number, loss: Loss): boolean {
  if (p > n) return true;
  if (loss === 'l1') return false;
  return problems * p * p * (0.7 * n + 2 * p) > 2 * n * n * (p + 80 * problems);
}

/**
 * All classes, or the first of two.
 *
 * @param core where Newton's method keeps its rows while it runs; default: on the host
 */
export function trainAgainstRest(
  data: Prepared,
  loss: Loss,
  tolerance: number,
  random: Shuffler,
  starts?: readonly Start[],
  core?: Core,
): Against[] {
  const { count, slots, costs, width, rows } = data;
  const problems = data.present.length === 2 ? 1 : data.present.length;
  const wide = rows !== undefined && count <= GRAM_ROWS_MAX && prefersGram(count, width, problems, loss);
  const gram = wide ? gramOf(rows, count, width) : data.gram;
  if (loss === 'l2' && gram === undefined && rows !== undefined && width <= FACTOR_MAX) {
    const all = (normal?: NormalRows): Against[] => {
      const newton = { n: count, p: width, rows, costs, ...(normal && { normal }) };
      return labelled(slots, problems, (y, positive) =>
        newtonRows(newton, y, tolerance, starts?.[positive].w),
      );
    };
    return core === undefined ? all() : core.scoped(() => all(new NormalRows(core, rows, count, width)));
  }
  let factor: NewtonRows | undefined;
  const factored = (K: Float64Array): NewtonRows => {
    factor ??= lowRankRows(K, costs);
    return factor;
  };
  return labelled(slots, problems, (y, positive) => {
    const start = starts?.[positive];
    if (gram !== undefined) {
      const c = start?.c === undefined ? undefined : rescale(start.c, start.ratio, loss, gram, y, costs);
      const solved = onGram(gram, () => factored(gram), y, costs, loss, tolerance, c);
      return { ...solved, ...(rows === undefined ? {} : { w: weightsOf(rows, width, solved.c) }) };
    }
    const c = start?.c?.map((value, i) => clip(start.ratio * value, loss, y[i], costs[i]));
    const solved = onRows(rows as Float64Array, width, y, costs, loss, tolerance, random, c);
    return { ...solved, w: weightsOf(rows as Float64Array, width, solved.c) };
  });
}

/** Solves each of the first `problems` classes, whose rows are labelled 1 and all others −1. */
function labelled(
  slots: Int32Array,
  problems: number,
  solve: (y: Float64Array, positive: number) => Omit<Against, 'positive'>,
): Against[] {
  return Array.from({ length: problems }, (_, positive) => ({
    positive,
    ...solve(
      Float64Array.from(slots, (slot) => (slot === positive ? 1 : -1)),
      positive,
    ),
  }));
}

/** A coefficient inside its box. */
function clip(c: number, loss: Loss, y: number, cost: number): number {
  const a = Math.max(0, y * c);
  return y * (loss === 'l1' ? Math.min(a, cost) : a);
}

/** Coefficients of another C made feasible: scaled like C for the hinge loss, to the best length for its square. */
function rescale(
  c: Float64Array,
  ratio: number,
  loss: Loss,
  gram: Float64Array,
  y: Float64Array,
  costs: Float64Array,
): Float64Array {
  let scale = ratio;
  if (loss === 'l2') {
    const f = decisionsOf(gram, c);
    let linear = 0,
      square = 0;
    for (let i = 0; i < c.length; i++) {
      linear += y[i] * c[i];
      square += c[i] * f[i] + (c[i] * c[i]) / (2 * costs[i]);
    }
    scale = square > 0 && linear > 0 ? linear / square : 0;
  }
  return c.map((value, i) => clip(scale * value, loss, y[i], costs[i]));
}

export function onGram(
  gram: Float64Array,
  factored: () => NewtonRows,
  y: Float64Array,
  costs: Float64Array,
  loss: Loss,
  tolerance: number,
  start?: Float64Array,
): { c: Float64Array; report: SvmReport } {
  const first = greedyGram(gram, y, costs, loss, tolerance, start);
  if (first.report.violation <= tolerance || y.length > FACTOR_MAX) return first;
  if (loss === 'l2') return afterwards(first, newtonGram(factored(), gram, y, tolerance));
  const { n, p, rows } = factored();
  // Half the rank is where the factor of the rows gets cheaper than that of the whole matrix.
  const exact = interiorPoint(2 * p < n ? fromRows(rows, n, p) : fromGram(gram, n), y, costs, false);
  return afterwards(
    first,
    asInterior(exact, greedyGram(gram, y, costs, loss, tolerance, exact.c, POLISH * n)),
  );
}

function onRows(
  rows: Float64Array,
  p: number,
  y: Float64Array,
  costs: Float64Array,
  loss: Loss,
  tolerance: number,
  random: Shuffler,
  start?: Float64Array,
): { c: Float64Array; report: SvmReport } {
  const first = coordinateDescent(rows, p, y, costs, loss, tolerance, random, start);
  if (first.report.violation <= tolerance || loss === 'l2' || p > FACTOR_MAX) return first;
  const exact = interiorPoint(fromRows(rows, y.length, p), y, costs, false);
  const polished = coordinateDescent(rows, p, y, costs, loss, tolerance, random, exact.c, POLISH);
  return afterwards(first, asInterior(exact, polished));
}

/** What the interior point method found, after the steps that put on their bounds what is all but there. */
function asInterior(
  { steps }: { steps: number },
  { c, report }: { c: Float64Array; report: SvmReport },
): { c: Float64Array; report: SvmReport } {
  return { c, report: { ...report, solver: 'interior', iterations: steps } };
}

/** The better answer, under the names of both solvers. */
function afterwards<Solved extends { c: Float64Array; report: SvmReport }>(
  first: Solved,
  second: Solved,
): Solved {
  const kept = better(first, second);
  const solver = `${first.report.solver}+${second.report.solver}`;
  const iterations = first.report.iterations + second.report.iterations;
  return { ...kept, report: { ...kept.report, solver, iterations } };
}
