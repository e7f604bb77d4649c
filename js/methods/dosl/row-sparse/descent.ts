// Block coordinate descent over the rows of C: from strong sparsity to the weight asked for, over the rows that
// count, with Newton steps on those that are not 0.
import { aligned, type Core } from '../../../core/index.js';
import { wideRows, wideValues } from '../../../core/dense/index.js';
import { newtonBytes, newtonRows, newtonStepBytes, RowNewton } from './newton.js';
import { rowNorms, type RowPass, rowProductBytes, type RowSparse, squared } from './problem.js';

/** Each weight on the way to lambda is this part of the one before (ours). */
const STRIDE = 0.3;
/** How near to its minimum, as a part of the objective, a weight on the way is taken, in how many passes at most (ours). */
const ON_THE_WAY = { gap: 0.01, passes: 20 };
/** Sweeps of a pass: before the Newton steps, after each, and in place of one that there is no room for (ours). */
const SWEEPS = { before: 5, after: 3, instead: 30 };
const NEWTON_STEPS = 2;
/** Rows at 0 that may join the working ones in a pass, if they are not more themselves (ours). */
const NEWCOMERS = 50;

/** Bytes that {@link descendRows} takes beside its problem. */
export function descentBytes(core: Core, d: number, m: number, classes: number): number {
  const lists = aligned(8 * d) + aligned(4 * d) + aligned(8 * classes);
  const rows = newtonRows(d, m);
  const step = newtonStepBytes(core, rows, m, classes);
  return lists + newtonBytes(rows, m, classes) + Math.max(step, rowProductBytes(core, d, m, classes));
}

/** The weights that lead from C = 0 to `lambda`, itself the last; `empty`: {@link emptyFrom}. */
export function weightsTo(lambda: number, empty: number): number[] {
  const weights: number[] = [];
  for (let weight = STRIDE * empty; weight > lambda; weight *= STRIDE) weights.push(weight);
  return [...weights, lambda];
}

/**
 * Improves C pass by pass, from C = 0. Yields what it has come to before the first pass and after each, at `lambda`
 * without end, and undefined after some milliseconds of work. At one weight the objective never rises.
 * @param weights {@link weightsTo} lambda
 */
export function* descendRows(
  problem: RowSparse,
  weights: readonly number[],
): Generator<RowPass | undefined, void> {
  const { core, A, C, classes } = problem;
  const { rows: d, cols: m } = A;
  const [square, index, scratch] = [core.alloc(8 * d), core.alloc(4 * d), core.alloc(8 * classes)];
  const newton = new RowNewton(problem, newtonRows(d, m));
  for (let i = 0; i < d; i++) core.f64(square + 8 * i, 1)[0] = squared(wideValues(core, wideRows(A, i, 1)));
  const norms = (): Float64Array => rowNorms(wideValues(core, C), classes);

  const lambda = weights[weights.length - 1];
  for (const weight of weights) {
    problem.forget();
    for (let pass = 0; weight === lambda || pass < ON_THE_WAY.passes; pass++) {
      const slopes = problem.slopes();
      const found = problem.certificate(weight, slopes);
      yield { ...found, lambda: weight };
      if (weight > lambda && found.gap <= ON_THE_WAY.gap * found.objective) break;
      const rows = working(norms(), slopes, weight / 2);
      core.i32(index, rows.length).set(rows);
      const sweep = (times: number): void => {
        const { shrinkRows } = core.exports;
        for (let t = 0; t < times; t++)
          shrinkRows(C.at, problem.R.at, A.at, square, index, rows.length, m, classes, weight / 2, scratch);
      };
      sweep(SWEEPS.before);
      yield;
      for (let t = 0; t < NEWTON_STEPS; t++) {
        const own = norms();
        const filled = rows.filter((i) => own[i] > 0);
        if (filled.length > newton.room) sweep(SWEEPS.instead);
        else if (filled.length > 0) yield* newton.step(filled, weight);
        sweep(SWEEPS.after);
        yield;
      }
      // The sweeps carry the residual along; rounding shall not pile up.
      problem.residual();
    }
  }
}

/** In ascending order the rows that are not 0, and the most wrong ones of those that should not be. */
function working(norms: Float64Array, slopes: Float64Array, half: number): Int32Array {
  const rows: number[] = [];
  const wrong: number[] = [];
  norms.forEach((norm, i) => {
    if (norm > 0) rows.push(i);
    else if (slopes[i] > half) wrong.push(i);
  });
  wrong.sort((a, b) => slopes[b] - slopes[a] || a - b);
  return Int32Array.from([...rows, ...wrong.slice(0, Math.max(NEWCOMERS, rows.length))]).sort();
}
