/**
 * Warm starts: a trained SVM as the starting point for another C.
 *
 * @module
 */
import { SatnmfError } from '../../errors.js';
import type { LinearSvm } from './model.js';
import type { Prepared, SvmScheme } from './problem.js';

/** What one output starts from. */
export interface Start {
  /** Weights of the columns, the bias last. */
  readonly w?: Float64Array;
  /** Signed coefficients of the kept rows, feasible for the C that they come from … */
  readonly c?: Float64Array;
  /** … and C of this problem over that one. */
  readonly ratio: number;
}

function unfit(what: string, expected: string, actual: string): SatnmfError {
  return new SatnmfError(
    'bad-argument',
    `"start" must be an SVM of the same rows and labels: its ${what} must be ${expected}, got ${actual}`,
    { argument: 'start', expected, actual },
  );
}

/** Bounds, as multiples of C_i, of the coefficient of a row in class `slot` for output `k`. */
function box(
  scheme: SvmScheme,
  slot: number,
  present: number,
  positive: number,
  negative: number,
): [number, number] {
  if (scheme === 'cs') return slot === positive ? [-Infinity, 1] : [-Infinity, 0];
  const most = scheme === 'ovr-l2' ? Infinity : 1;
  if (slot === positive) return [0, most];
  return scheme === 'ovo' && present > 2 && slot !== negative ? [0, 0] : [-most, 0];
}

/**
 * The starting point of each output.
 *
 * @throws {SatnmfError} `bad-argument` if the SVM is of other rows, labels, weights, scheme or bias, as far as that shows
 */
export function startsFrom(
  start: LinearSvm,
  data: Prepared,
  scheme: SvmScheme,
  C: number,
  bias: number,
  inputs: number,
): Start[] {
  const { total, keep, present, slots, costs, width, rows } = data;
  const form = rows === undefined ? 'coefficients' : 'weights';
  if (start.scheme !== scheme) throw unfit('scheme', scheme, start.scheme);
  if (start.form !== form) throw unfit('form', form, start.form);
  if (start.bias !== bias) throw unfit('bias', String(bias), String(start.bias));
  if (start.inputs !== inputs) throw unfit('inputs', String(inputs), String(start.inputs));
  if (start.present.join() !== present.join()) throw unfit('present', present.join(), start.present.join());
  const ratio = C / start.C;
  const dual = form === 'coefficients' ? start.vectors : start.dual;
  return Array.from({ length: start.outputs }, (_, k): Start => {
    if (dual === undefined) {
      const w = new Float64Array(width);
      w.set(start.vectors.subarray(k * inputs, (k + 1) * inputs));
      if (bias > 0) w[inputs] = start.intercepts[k] / bias;
      return { w, ratio };
    }
    const full = dual.subarray(k * total, (k + 1) * total);
    const positive = present.indexOf(start.positive[k]);
    const negative = present.indexOf(start.negative[k]);
    let used = 0;
    const c = Float64Array.from(keep, (row, i) => {
      const [low, high] = box(scheme, slots[i], present.length, positive, negative);
      const cost = costs[i] / ratio;
      const value = full[row];
      if (value !== 0) used++;
      if (!(value >= low * cost * (1 + 1e-9) && value <= high * cost * (1 + 1e-9)))
        throw unfit(`dual coefficient of row ${row}`, 'in the box of its class and weight', String(value));
      return value;
    });
    if (used !== full.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) || full.length !== total)
      throw unfit('dual coefficients', `0 outside of the ${keep.length} rows in use`, 'others');
    return { c, ratio };
  });
}
