/**
 * `dbn`: a deep belief network, pre-trained on both corpora and fine-tuned on the source's labels.
 *
 * @module
 */
import { networkBytes } from './network.js';
import { code, decideCodes, networkCoder, outputsBytes } from '../../learn/model/index.js';
import { STREAM_BYTES } from '../../core/index.js';
import { checkNumber, checkOneOf } from '../../data/index.js';
import {
  BASE_CHECKS,
  type BaseOptions,
  checkCount,
  checkIterations,
  checkPart,
  type Checks,
  comparedMethod,
  type Defaults,
  defaultsWith,
} from '../../learn/fit/index.js';
import { trainNetwork } from './deep-belief.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link dbn}. */
export interface DbnOptions extends BaseOptions {
  /** Units of the three hidden layers, ≥ 1. `paper` 1000, 1000, 2000; `robust` 256, 128, 64 (ours). */
  units1: number;
  units2: number;
  units3: number;
  /** Passes over both corpora that train a layer, ≥ 1. `paper` 100 (it searches 100 … 500), `robust` 10. */
  epochs: number;
  /** Passes over the source that train the whole, ≥ 1. `paper` 100, `robust` 60. */
  tuningEpochs: number;
  /** Rows of a mini-batch, ≥ 1. `paper` 64, `robust` 32 (ours). */
  batch: number;
  /** Learning rate of a layer, > 0. `paper` 0.001 (the paper's), `robust` 0.01. */
  rate: number;
  /** Learning rate of the whole, > 0. `paper` 0.001 (the paper's), `robust` 0.2. */
  tuningRate: number;
  /** `constant` (`paper`), or falling along a line to 0 at the end of the fine-tuning, `linear` (`robust`; ours). */
  schedule: 'constant' | 'linear';
  /** Momentum in [0, 1) from the sixth epoch of a layer on, and of the whole. Default 0.9 (ours). */
  momentum: number;
  /** Weight decay ≥ 0. Default 0.0002 (ours). */
  decay: number;
}

const COMMON = defaultsWith('baseC', { momentum: 0.9, decay: 2e-4 });

const DEFAULTS: Defaults<DbnOptions> = {
  paper: {
    ...COMMON.paper,
    units1: 1000,
    units2: 1000,
    units3: 2000,
    epochs: 100,
    tuningEpochs: 100,
    batch: 64,
    rate: 1e-3,
    tuningRate: 1e-3,
    schedule: 'constant',
  },
  robust: {
    ...COMMON.robust,
    units1: 256,
    units2: 128,
    units3: 64,
    epochs: 10,
    tuningEpochs: 60,
    batch: 32,
    rate: 0.01,
    tuningRate: 0.2,
    schedule: 'linear',
  },
};

const checkRate = (name: string, value: unknown): number => checkNumber(name, value, { min: 1e-9, max: 1e3 });

const CHECKS: Checks<DbnOptions> = {
  ...BASE_CHECKS,
  units1: checkCount,
  units2: checkCount,
  units3: checkCount,
  epochs: checkIterations,
  tuningEpochs: checkIterations,
  batch: checkCount,
  rate: checkRate,
  tuningRate: checkRate,
  schedule: (name, value) => checkOneOf(name, value, ['constant', 'linear']),
  momentum: (name, value) => checkNumber(name, value, { min: 0, max: 0.999 }),
  decay: checkPart,
};

const hidden = ({ units1, units2, units3 }: DbnOptions): number[] => [units1, units2, units3];

const make = comparedMethod<DbnOptions>('dbn', DEFAULTS, CHECKS, {
  bytes(_, options, { N, d, classes }) {
    const sizes = [d, ...hidden(options)];
    const training = 2 * STREAM_BYTES + networkBytes([...sizes, classes], Math.min(options.batch, N));
    return { withGram: 0, learn: Math.max(training, outputsBytes(N, sizes)) };
  },
  async learn(context) {
    const { core, options, prepared } = context;
    const { layers, svm } = await trainNetwork(context, hidden(options));
    const coder = networkCoder(layers);
    const said = decideCodes(svm, code(core, coder, prepared.target).data, 1);
    const trial = { coder, scale: 1, agreement: 1, svm };
    return { trials: [trial], decisions: [said], iterations: [options.tuningEpochs] };
  },
});

/**
 * A deep belief network: three restricted Boltzmann machines, one upon the other, each trained by contrastive
 * divergence (CD-1) on source and target, then a softmax on top and descent of the cross-entropy of the source's
 * labels through all layers.
 *
 * Hinton, Osindero & Teh (2006); for emotion across corpora Latif, Rana, Younis, Qadir & Epps (2018). Luo & Han (2019)
 * give three layers of 500, 1000 or 2000 units, 100 … 500 epochs and a learning rate of 0.001; which of the sizes,
 * momentum, batches, decay, starts and all of the fine-tuning are ours (compared-methods.md, DBN). Features outside
 * of [0, 1] (`normalize: 'none'`) are clipped. Progress: `layer 1` … `layer 3` with the mean squared error of a value's
 * reconstruction, and `fine-tuning` with the mean cross-entropy, each an epoch.
 *
 * Cost of an epoch, in flops a row: 10 times the product of a layer's widths for the layer; for fine-tuning 6 times the
 * sum of all products, but 4 times that of the first. `paper` on 6373 features, 958 rows, 504 of them labelled: 12
 * TFlop, 6.5 minutes at the 30 GFlop/s of one core of ours; `robust` some 15 seconds.
 *
 * @example
 * const model = await dbn({ epochs: 30, seed: 7 }).fit({ source: emodb, target: recordings });
 *
 * @throws {SatnmfError} as every method does (see `linearSvm`), and from `fit` `not-finite` if steps too long drove the
 *   weights out of the range of numbers
 */
export function dbn(options: Partial<DbnOptions> = {}): Method<DbnOptions> {
  return make(options);
}
