/**
 * The plan of the study of Luo & Han 2019: its schemes, its methods, and the ranges that it searched.
 */

/** Schemes of Table 2: source and target. */
export const SCHEMES = {
  e2E: ['enterface', 'eekc'],
  E2B: ['eekc', 'emodb'],
  B2C: ['emodb', 'casia'],
  C2e: ['casia', 'enterface'],
};

export const CORPORA = ['emodb', 'casia', 'enterface', 'eekc'];

/** Methods of Table 3 and of Figure 2. */
export const TABLE3 = ['svm', 'msda', 'tnmf', 'fstsl', 'dbn', 'dosl', 'satnmf'];
export const FIGURE2 = ['snmf', 'snmf-gamma', 'stnmf-lambda', 'satnmf'];
export const METHODS = [...TABLE3.slice(0, -1), ...FIGURE2];

/** Of factorisations. */
const SHORT = { r: 32, trials: 1, maxIterations: 20 };

/** Small enough to see within minutes that all goes; its figures say nothing. */
const QUICK = {
  seeds: [1],
  values: 2,
  options: {
    ...Object.fromEntries(['tnmf', ...FIGURE2].map((method) => [method, SHORT])),
    fstsl: { r: SHORT.r },
    dbn: { units1: 64, units2: 64, units3: 64, epochs: 2, tuningEpochs: 10 },
  },
  /** Networks of the paper's sizes take minutes a point. */
  without: ['units1', 'units2', 'units3', 'epochs'],
  rank: 64,
};

/**
 * So many values of a range, evenly spread over it.
 *
 * @template T
 * @param {readonly T[]} range
 * @param {number} count
 */
export function spreadOver(range, count) {
  if (count >= range.length) return [...range];
  return Array.from({ length: count }, (_, i) => range[Math.floor(((i + 0.5) * range.length) / count)]);
}

/** Those of the options that `known` has. */
const optionsAmong = (known = {}, options) =>
  Object.fromEntries(Object.entries(options).filter(([option]) => Object.hasOwn(known, option)));

/**
 * @param {object} how
 * @param {Readonly<Record<string, Readonly<Record<string, readonly (number | string)[]>>>>} how.searched ranges of
 *   every method's options
 * @param {Readonly<Record<string, string>>} how.corpora paths of tables by the names of the corpora
 * @param {readonly string[]} how.schemes names of schemes
 * @param {readonly string[]} [how.methods] Default: all of the paper
 * @param {string} [how.preset] Default `paper`
 * @param {readonly number[]} [how.seeds] Default 1, 2, 3
 * @param {number} [how.values] Most values an axis. Default: all
 * @param {Readonly<Record<string, string | number | boolean>>} [how.options] of the base
 * @param {boolean} [how.quick] a budget that shows that all goes
 * @returns {object} a plan (docs/experiments.md)
 */
export function planOf({
  searched,
  corpora,
  schemes,
  methods = METHODS,
  preset = 'paper',
  quick = false,
  seeds = quick ? QUICK.seeds : [1, 2, 3],
  values = quick ? QUICK.values : Infinity,
  options = {},
}) {
  const axesOf = (method) =>
    Object.fromEntries(
      Object.entries(searched[method] ?? {})
        .filter(([option]) => !quick || !QUICK.without.includes(option))
        .map(([option, range]) => {
          const affordable = quick && option === 'r' ? range.filter((r) => Number(r) <= QUICK.rank) : range;
          return [option, spreadOver(affordable, values)];
        }),
    );
  return {
    corpora,
    schemes,
    options: { preset, ...options },
    // What the caller sets goes before.
    methods: methods.map((method) => ({
      method,
      options: quick ? { ...QUICK.options[method], ...optionsAmong(QUICK.options[method], options) } : {},
      axes: axesOf(method),
    })),
    strategy: { kind: 'one-axis' },
    seeds,
    traces: true,
  };
}
