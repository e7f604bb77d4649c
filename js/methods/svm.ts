/**
 * `svm`: the linear SVM on the scaled features, trained on the source and applied to the target as
 * it is. What every transfer method is compared with.
 *
 * @module
 */
import { combineBytes, gram, gramBytes, pack, samplesBytes } from '../core/samples.js';
import { sharedCore } from '../core/load.js';
import { checkKeys, checkNumber, checkOneOf, checkWhole } from '../data/check.js';
import { type Normalization, NORMALIZATIONS } from '../data/normalize.js';
import { trainBaseSvm } from './base-svm.js';
import { decide, type SvmScheme } from './linear-svm.js';
import type { FitOptions, Method, Model, Task } from './method.js';
import { AdaptedModel, classify } from './model.js';
import { type Preset, PRESETS } from './nmf-options.js';
import { prepareTask } from './preparation.js';

/** Options of {@link linearSvm}. */
export interface LinearSvmOptions {
  /** Where the other defaults come from: `robust` (default) or `paper`. */
  preset: Preset;
  /** How features get into [0, 1]. `robust`: `min-max`, `paper`: `speaker-min-max`. */
  normalize: Normalization;
  /** Multi-class scheme. `robust`: `ovr-l2`, `paper`: `ovo`. */
  svm: SvmScheme;
  /** C > 0. `robust`: 0.001, `paper`: 1 (the paper searches 0.1 … 100). */
  C: number;
  /** Constant appended to each row; 0 or less: none. Default 1. */
  bias: number;
  /** Seed of the stochastic solvers. Default 1. */
  seed: number;
}

const DEFAULTS: Record<Preset, LinearSvmOptions> = {
  paper: { preset: 'paper', normalize: 'speaker-min-max', svm: 'ovo', C: 1, bias: 1, seed: 1 },
  robust: { preset: 'robust', normalize: 'min-max', svm: 'ovr-l2', C: 0.001, bias: 1, seed: 1 },
};

function checked(given: Partial<LinearSvmOptions>): Readonly<LinearSvmOptions> {
  checkKeys('svm', given, Object.keys(DEFAULTS.robust));
  const preset = given.preset === undefined ? 'robust' : checkOneOf('preset', given.preset, PRESETS);
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options: LinearSvmOptions = { ...DEFAULTS[preset], ...known };
  checkOneOf('normalize', options.normalize, NORMALIZATIONS);
  checkOneOf('svm', options.svm, ['ovr-l2', 'ovr-l1', 'cs', 'ovo']);
  checkNumber('C', options.C, { min: 1e-30, max: 1e30 });
  checkNumber('bias', options.bias, { min: -1, max: 1e30 });
  checkWhole('seed', options.seed);
  return Object.freeze(options);
}

/**
 * A linear SVM without any adaptation.
 *
 * @example
 * const model = await linearSvm({ C: 0.01 }).fit({ source: emodb, target: recordings });
 * model.predict(); // ["anger", "fear", …]
 */
export function linearSvm(given: Partial<LinearSvmOptions> = {}): Method<LinearSvmOptions> {
  // A copy: the object may be changed by whoever gave it.
  const own = { ...given };
  const options = checked(own);
  return Object.freeze({
    name: 'svm',
    options,
    with: (change: Partial<LinearSvmOptions>) => linearSvm({ ...own, ...change }),
    fit: (task: Task, how?: FitOptions) => fit(options, task, how),
  });
}

async function fit(options: Readonly<LinearSvmOptions>, task: Task, how: FitOptions = {}): Promise<Model> {
  const { signal, onProgress } = how;
  signal?.throwIfAborted();
  const core = how.core ?? (await sharedCore());
  const prepared = prepareTask(task, options.normalize, false);
  return core.exclusive(async () => {
    signal?.throwIfAborted();
    const { source, target, labels, classes } = prepared;
    const [N, d, c] = [source.rows + target.rows, source.cols, classes.length];
    const outputs = Math.max(c, (c * (c - 1)) / 2);
    core.reserve(samplesBytes(N, d) + gramBytes(N, d) + combineBytes(N, d, outputs), 'This fit');
    onProgress?.({ phase: 'base svm', trial: 0, trials: 1, iteration: 0, iterations: 1 });
    const samples = pack(core, source, target);
    const base = trainBaseSvm(samples, gram(samples), labels, classes.length, options);
    onProgress?.({ phase: 'base svm', trial: 0, trials: 1, iteration: 1, iterations: 1 });
    signal?.throwIfAborted();
    return new AdaptedModel(core, {
      method: 'svm',
      options: { ...options },
      classes,
      columns: prepared.columns,
      warnings: prepared.warnings,
      iterations: [],
      normalizer: prepared.normalizer,
      base,
      trials: [],
      vote: 'majority',
      target: classify(classes, [decide(base, target.data)], 'majority'),
    });
  });
}
