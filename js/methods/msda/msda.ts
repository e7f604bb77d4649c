/**
 * mSDA + SVM: marginalised stacked denoising autoencoders (Chen, Xu, Weinberger & Sha, ICML 2012).
 *
 * @module
 */
import { type Core, PURPOSE, random } from '../../core/index.js';
import { mirror, transposed, type Wide, wide, wideBytes, wideValues } from '../../core/dense/index.js';
import { addGram, addGramBytes, type FeatureRows, featureRows, slices } from '../../core/samples/index.js';
import { checkBoolean, checkNumber, checkWhole, type Matrix } from '../../data/index.js';
import {
  code,
  decideCodes,
  denoise,
  denoiseBytes,
  type DenoiserCoder,
  type DenoisingLayer,
  denoiserCoder,
} from '../../learn/model/index.js';
import {
  allBut,
  checkC,
  type Checks,
  checkWeight,
  COMMON_CHECKS,
  type CommonOptions,
  comparedMethod,
  type Defaults,
  defaultsWith,
  featureWeights,
  featureWeightsBytes,
  type FitContext,
  type FitSizes,
  type Learnt,
} from '../../learn/fit/index.js';
import { trainLinearSvm } from '../../learn/svm/index.js';
import type { Method } from '../../contract/index.js';

/** Options of {@link msda}. */
export interface MsdaOptions extends CommonOptions {
  /** Probability, in [1e-6, 1 − 1e-6], with which a feature is zeroed. Default 0.5 (ours; Chen et al. search 0.1 … 0.9). */
  p: number;
  /** Layers L, 1 … 16. Default 3 (ours). */
  layers: number;
  /** Ridge ≥ 0 on the weights of each layer's map. Default 1e-5, as in the authors' program. */
  ridge: number;
  /** Whether the SVM sees the features beside the layers. Default true, as the article has it. */
  includeInput: boolean;
  /** C > 0 of the SVM on the stack. `robust` 0.001, `paper` 1. */
  C: number;
}

const DEFAULTS: Defaults<MsdaOptions> = defaultsWith('C', {
  p: 0.5,
  layers: 3,
  ridge: 1e-5,
  includeInput: true,
});

const CHECKS: Checks<MsdaOptions> = {
  ...COMMON_CHECKS,
  // At 0 nothing is corrupted and the map is the identity, at 1 nothing is left to learn from.
  p: (name, value) => checkNumber(name, value, { min: 1e-6, max: 1 - 1e-6 }),
  layers: (name, value) => checkWhole(name, value, 1, 16),
  ridge: checkWeight,
  includeInput: checkBoolean,
  C: checkC,
};

const make = comparedMethod<MsdaOptions>('msda', DEFAULTS, CHECKS, {
  bytes: (core, _options, sizes) => ({ withGram: 0, learn: learnBytes(core, sizes) }),
  learn,
});

/**
 * Marginalised stacked denoising autoencoders, and a linear SVM on the stack of their layers.
 *
 * Layer l is W = argmin E Σ_j |x_j − W [x̃_j; 1]|² + ridge·|W|² over the utterances of both corpora, in closed form,
 * where x̃ has each feature zeroed with probability p; its output tanh(W [x; 1]) is what the next layer learns from.
 * The SVM sees [x; h1; …; hL]. Exact for any number of features: N x N systems stand for d x d ones
 * (docs/compared-methods.md, mSDA). Luo & Han compare with it without saying p, L, the ridge or what the SVM sees:
 * those are ours, the ridge and
 * the bias without one follow the authors' published program.
 *
 * Models keep the scaled features of both corpora, since the maps are made of them. Cost: about 4·d·N² + 3·N³ flops
 * a layer; 2·(4·d·N + N²) a layer for a new recording.
 *
 * @example
 * const model = await msda({ p: 0.7 }).fit({ source: emodb, target: recordings });
 *
 * @throws {SatnmfError} `bad-argument` (options), and from `fit` as `satnmf` does
 */
export function msda(options: Partial<MsdaOptions> = {}): Method<MsdaOptions> {
  return make(options);
}

/** Room for the stack's inner products, as many as if all utterances were the source's, and for a layer; mapping takes less. */
function learnBytes(core: Core, { N, d, classes }: FitSizes): number {
  const outputs = Math.max(classes, (classes * (classes - 1)) / 2);
  const last = featureWeightsBytes(core, N, d, outputs);
  return wideBytes(N, N) + Math.max(denoiseBytes(core, N, d), addGramBytes(core, d, N), last);
}

/** What the SVM learns from. */
interface Stack {
  /** x, h1, …, hL of all utterances. */
  readonly rows: readonly FeatureRows[];
  /** Inner products of the source's, n x n. */
  readonly gram: Float64Array;
  readonly coder: DenoiserCoder;
  /** The target's, as new recordings are mapped. */
  readonly codes: Matrix;
}

async function learn(context: FitContext<MsdaOptions>): Promise<Learnt> {
  const { core, options, prepared, samples, report, breathe, shared } = context;
  const { svm: scheme, C, bias, seed, layers: L } = options;
  const { labels, classes, rowWeights } = prepared;
  // The others matter only when the stack is there.
  const deciding = allBut(options, 'C', 'svm', 'bias', 'seed');
  const { rows, gram, coder, codes } = await shared.once(
    'stack',
    deciding,
    (key) => stackOf({ ...context, options: key }),
    1,
  );
  const svm = trainLinearSvm(
    { gram: gram.slice(), labels, classes: classes.length, ...(rowWeights && { weights: rowWeights }) },
    { scheme, C, bias },
    random(core, seed, PURPOSE.svm),
  );
  const onRows = core.scoped(() =>
    featureWeights(core, svm, rows, transposed(wide(core, svm.outputs, samples.n, svm.vectors))),
  );
  report('denoise', L, L);
  await breathe();
  return {
    trials: [{ coder, scale: 1, agreement: 1, svm: onRows }],
    decisions: [decideCodes(onRows, codes.data, 1)],
  };
}

async function stackOf(
  context: FitContext<Omit<MsdaOptions, 'C' | 'svm' | 'bias' | 'seed'>>,
): Promise<Stack> {
  const { core, options, prepared, samples, report, breathe, work } = context;
  const { p, ridge, layers: L, includeInput } = options;
  const { source, target } = prepared;
  const { N, n } = samples;
  const inputs = featureRows([source, target]);
  const rows: FeatureRows[] = [];
  const layers: DenoisingLayer[] = [];
  const mark = core.exports.mark();
  const K: Wide = { at: core.alloc(wideBytes(N, N)), rows: n, cols: n, rowStep: n, colStep: 1 };
  wideValues(core, K).fill(0);
  const add = async (some: FeatureRows): Promise<void> => {
    rows.push(some);
    for (const slice of slices(some)) {
      addGram(core, K, some, slice);
      await breathe();
    }
  };
  if (includeInput) await add(inputs);
  let last = inputs;
  for (let l = 0; l < L; l++) {
    report('denoise', l, L);
    await breathe();
    const before = core.exports.mark();
    const { layer, outputs } = await work(denoise(core, last, options));
    core.exports.release(before);
    layers.push(layer);
    last = outputs;
    await add(last);
  }
  mirror(core, K);
  const gram = wideValues(core, K).slice();
  core.exports.release(mark);
  await breathe();
  const coder = denoiserCoder({ inputs, p, ridge, layers: L, includeInput }, layers);
  // As new recordings, so that they are told the same again.
  return { rows, gram, coder, codes: code(core, coder, target) };
}
