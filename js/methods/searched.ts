/**
 * The values that Luo & Han (2019, §3) searched for each method, and for the methods that they do not have those of
 * the options they share. Sweeps run over these.
 *
 * @module
 */

/** Values of options, in order; each option by its name. */
export type SearchedValues = Readonly<Record<string, readonly (number | string)[]>>;

const C = Object.freeze([0.1, 0.5, 1, 5, 10, 50, 100]);
const NEIGHBOURS = Object.freeze([1, 3, 5, 10, 15]);
const RANKS = Object.freeze([16, 32, 64, 128, 256, 512]);
const UNITS = Object.freeze([500, 1000, 2000]);
const WEIGHTS = Object.freeze([0.01, 0.1, 0.5, 1, 5, 10, 50, 100, 1000]);

/** Options of each method with the values that were searched (those marked "ours" are ours: the paper is silent). */
export const SEARCHED: Readonly<Record<string, SearchedValues>> = Object.freeze({
  svm: { C },
  // Ours: noise and depth (compared-methods.md, mSDA).
  msda: { p: [0.1, 0.3, 0.5, 0.7, 0.9], layers: [1, 2, 3, 4, 5], C },
  tnmf: { r: RANKS, neighbours: NEIGHBOURS, lambda: WEIGHTS, gamma: WEIGHTS, C },
  fstsl: { r: RANKS, neighbours: NEIGHBOURS, delta: WEIGHTS, mu: WEIGHTS, C },
  dosl: { lambda: WEIGHTS, mu: WEIGHTS },
  dbn: { units1: UNITS, units2: UNITS, units3: UNITS, epochs: [100, 200, 300, 500] },
  snmf: { r: RANKS, beta: WEIGHTS, C },
  'snmf-gamma': { r: RANKS, beta: WEIGHTS, gamma: WEIGHTS, C },
  'stnmf-lambda': { r: RANKS, neighbours: NEIGHBOURS, beta: WEIGHTS, lambda: WEIGHTS, gamma: WEIGHTS, C },
  kmm: { C },
  kliep: { C },
  ulsif: { C },
  // Ours from here to satnmf: not in the paper.
  coral: { C },
  tca: { r: RANKS, mu: WEIGHTS, C },
  jda: { r: RANKS, lambda: WEIGHTS, C },
  satnmf: {
    r: RANKS,
    neighbours: NEIGHBOURS,
    alpha: WEIGHTS,
    beta: WEIGHTS,
    lambda: WEIGHTS,
    gamma: WEIGHTS,
    C,
  },
});
