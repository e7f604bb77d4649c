// One against one: a hinge-loss SVM with an unregularised bias for each pair of classes p < q, p positive.
//
// All pairs share one matrix of inner products; a pair that sequential minimal optimisation leaves unsolved is
// solved by the interior point method, and the better of the two is kept.
import { dot, rowProducts } from '../../../core/dense/index.js';
import { checkGramSize, type KeptRows } from '../problem.js';
import { better, report, type SvmReport } from '../report.js';
import { interiorPoint } from './interior.js';
import { type Balance, smo } from './smo.js';

/** Pair steps a row after the interior point method (ours). */
const POLISH = 30;

/** One pair of classes, solved; `c` has one coefficient per kept row, 0 outside of the pair. */
export interface Pair {
  /** Positions in `present`. */
  readonly positive: number;
  readonly negative: number;
  readonly c: Float64Array;
  readonly bias: number;
  readonly report: SvmReport;
}

/** All c(c − 1)/2 pairs in the order (0,1), (0,2), …, (1,2), …. */
export function trainPairs(data: KeptRows, tolerance: number): Pair[] {
  const { count, slots, present, costs } = data;
  checkGramSize(count);
  const gram = data.gram ?? rowProducts(data.rows as Float64Array, count, data.width);
  const pairs: Pair[] = [];
  for (let p = 0; p < present.length; p++)
    for (let q = p + 1; q < present.length; q++) {
      const chosen: number[] = [];
      for (let i = 0; i < count; i++) if (slots[i] === p || slots[i] === q) chosen.push(i);
      const n = chosen.length;
      const small = new Float64Array(n * n);
      for (let r = 0; r < n; r++)
        for (let s = 0; s < n; s++) small[r * n + s] = gram[chosen[r] * count + chosen[s]];
      const y = Float64Array.from(chosen, (i) => (slots[i] === p ? 1 : -1));
      const solved = trainPair(
        small,
        y,
        Float64Array.from(chosen, (i) => costs[i]),
        tolerance,
      );
      const c = new Float64Array(count);
      for (let r = 0; r < n; r++) c[chosen[r]] = solved.c[r];
      pairs.push({ positive: p, negative: q, c, bias: solved.bias, report: solved.report });
    }
  return pairs;
}

/** One pair, on its own inner products. */
function trainPair(
  gram: Float64Array,
  y: Float64Array,
  costs: Float64Array,
  tolerance: number,
): { c: Float64Array; bias: number; report: SvmReport } {
  const n = y.length;
  const low = costs.map((u, i) => (y[i] > 0 ? 0 : -u));
  const high = costs.map((u, i) => (y[i] > 0 ? u : 0));
  const first = smo(gram, y, low, high, tolerance);
  const told = judged('smo', first.steps, first, y, costs, tolerance);
  if (told.report.violation <= tolerance) return told;

  // Where yᵀa = 0, a constant added to every inner product changes nothing but the rank, which counts the bias then.
  const constant = y.reduce((sum, _, i) => sum + gram[i * n + i], 0) / n;
  const shifted = gram.map((value) => value + constant);
  const exact = interiorPoint(shifted, y, costs);
  const steps = first.steps + exact.steps;
  const second = smo(gram, y, low, high, tolerance, exact.c, 0);
  const third = smo(gram, y, low, high, tolerance, exact.c, POLISH * n);
  const inside = { ...second, balance: { ...second.balance, bias: exact.bias } };
  return [inside, second, third]
    .map((solved) => judged('smo+interior', steps, solved, y, costs, tolerance))
    .reduce(better, told);
}

/** Judges (c, bias) by the primal and the dual objective. */
function judged(
  solver: string,
  steps: number,
  { c, f, balance: { violation, bias } }: { c: Float64Array; f: Float64Array; balance: Balance },
  y: Float64Array,
  costs: Float64Array,
  tolerance: number,
): { c: Float64Array; bias: number; report: SvmReport } {
  const size = dot(c, 0, f, 0, c.length);
  let losses = 0,
    dual = 0,
    drift = 0;
  for (let i = 0; i < c.length; i++) {
    losses += costs[i] * Math.max(0, 1 - y[i] * (f[i] + bias));
    dual += Math.abs(c[i]);
    drift += c[i];
  }
  // A point that misses yᵀa = 0 by `drift` is only a bound up to drift·bias.
  const gap = Math.max(0, size + losses - dual) + Math.abs(drift * bias);
  return { c, bias, report: report(solver, steps, size / 2 + losses, gap, violation, tolerance) };
}
