/**
 * Words and ranges of options, for the contract: an option has one meaning wherever it occurs. Of an option that is not
 * here, the contract takes what its refusal says.
 */

/** The words of every option that takes words. */
export const WORDS: Record<string, readonly unknown[]> = {
  preset: ['auto', 'paper', 'robust'],
  normalize: [
    'none',
    'min-max',
    'rank',
    'z-clip',
    'speaker-min-max',
    'speaker-rank',
    'speaker-z-min-max',
    'speaker-z-clip',
    'auto',
  ],
  power: [1, 2],
  sigma: ['mean-pair', 'mean-neighbour', 'local'],
  scale: ['end', 'invariant'],
  update: ['mu', 'accelerated-hals'],
  svm: ['ovr-l2', 'ovo'],
  codes: ['as-they-are', 'unit-mean-norm'],
  vote: ['majority', 'margin'],
  width: ['cross-validation', 'median'],
  schedule: ['constant', 'linear'],
  solver: ['bcd', 'ialm'],
};

/** Largest and smallest values of every option that is a number. */
export const ENDS: Record<string, readonly [number, number]> = {
  neighbours: [0, 65536],
  alpha: [0, 1e12],
  beta: [0, 1e12],
  lambda: [0, 1e12],
  gamma: [0, 1e12],
  pos: [0, 1e12],
  neg: [0, 1e12],
  fusion: [0, 1e12],
  tolerance: [0, 1],
  objectiveTolerance: [0, 1],
  C: [1e-30, 1e30],
  baseC: [1e-30, 1e30],
  bias: [-1, 1e30],
  widthFactor: [1e-3, 1e3],
  pca: [0, 65536],
  bound: [1e-3, 1e6],
  centres: [1, 65536],
  seed: [0, Number.MAX_SAFE_INTEGER],
  p: [1e-6, 1 - 1e-6],
  ridge: [0, 1e12],
  delta: [1e-6, 1e12],
  mu: [0, 1e12],
  eps: [1e-15, 1],
  rate: [1e-9, 1e3],
  tuningRate: [1e-9, 1e3],
  momentum: [0, 0.999],
  decay: [0, 1],
  kappa: [1e-6, 1e6],
  kappaMax: [1e-6, 1e12],
  rho: [1, 10],
};

/** Their ends are not tried: they are as large as the machine. */
export const SIZES = [
  ...['r', 'trials', 'rounds', 'maxIterations', 'layers'],
  ...['units1', 'units2', 'units3', 'epochs', 'tuningEpochs', 'batch'],
];

/** Whole numbers beside the sizes. */
export const WHOLE = ['seed', 'power', 'neighbours', 'pca', 'centres'];

/** Weights that a special case has at 0, where nothing else is allowed (method.md, Special cases). */
export const WEIGHTS = ['alpha', 'beta', 'lambda', 'gamma'];
