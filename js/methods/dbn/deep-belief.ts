/**
 * Training of a deep belief network: layer by layer, then all of it (compared-methods.md, DBN).
 *
 * @module
 */
import { LARGEST_SINGLE, type Layer, linearClassifier, putRows } from '../../learn/model/index.js';
import { Network, type StepSettings } from './network.js';
import { PURPOSE, Stream } from '../../core/index.js';
import type { Matrix } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import type { LinearSvm } from '../../learn/svm/index.js';
import type { CommonOptions, FitContext } from '../../learn/fit/index.js';

/** How to train. */
export interface TrainingOptions extends CommonOptions {
  readonly epochs: number;
  readonly tuningEpochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly tuningRate: number;
  readonly schedule: 'constant' | 'linear';
  readonly momentum: number;
  readonly decay: number;
}

/** Momentum of the first epochs of a layer, and how many those are (ours; Hinton 2012, §9). */
const FIRST_MOMENTUM = 0.5;
const FIRST_EPOCHS = 5;

/** Flops after which the event loop may run: some 10 ms (ours). */
const BREATH = 1e8;

/** The hidden layers, and the softmax on top as a linear classifier. */
export interface TrainedNetwork {
  readonly layers: readonly Layer[];
  readonly svm: LinearSvm;
}

/**
 * Trains a network. Its random numbers come from three streams: the weights at the start are drawn at once, the
 * order of the rows (`minibatches`) is shuffled on and on, epoch after epoch and layer after layer, and each step of
 * contrastive divergence draws a uniform for each hidden unit of each of its rows, row by row.
 */
export async function trainNetwork(
  context: FitContext<TrainingOptions>,
  hidden: readonly number[],
): Promise<TrainedNetwork> {
  const { core, options, prepared, report, breathe } = context;
  const { source, target, labels, classes } = prepared;
  const { seed, batch } = options;
  const N = source.rows + target.rows;
  const d = source.cols;
  const sizes = [d, ...hidden, classes.length];
  const mark = core.exports.mark();
  const sampling = new Stream(core, seed, PURPOSE.networkSampling);
  const order = new Stream(core, seed, PURPOSE.minibatches);
  const uniforms = (at: number, n: number): void => sampling.draw(() => core.exports.fillUniform(at, n));
  const network = new Network(core, sizes, Math.min(batch, N), uniforms);
  network.draw(seed, 0);

  let flops = 0;
  /** Goes over `rows` in batches of a fresh order; `step` gets the rows of each. Adds up what it returns. */
  const epoch = async (
    rows: Int32Array,
    cost: number,
    step: (rows: Int32Array) => number,
  ): Promise<number> => {
    order.draw((random) => random.shuffle(rows));
    let sum = 0;
    for (let first = 0; first < rows.length; first += batch) {
      const some = rows.subarray(first, first + batch);
      sum += step(some);
      flops += cost * some.length;
      if (flops < BREATH) continue;
      flops = 0;
      await breathe();
    }
    return sum;
  };

  let inputs: readonly [Matrix, Matrix] = [source, target];
  const width = (l: number): number => sizes[l];
  for (let l = 0; l < hidden.length; l++) {
    const rows = Int32Array.from({ length: N }, (_, i) => i);
    const put = (some: Int32Array): void => gather(network.input(l, some.length), inputs, some);
    network.begin(l);
    for (let e = 1; e <= options.epochs; e++) {
      const momentum = e <= FIRST_EPOCHS ? Math.min(FIRST_MOMENTUM, options.momentum) : options.momentum;
      const settings: StepSettings = { rate: options.rate, momentum, decay: options.decay };
      const error = await epoch(rows, 10 * width(l) * width(l + 1), (some) => {
        put(some);
        return network.contrast(l, some.length, settings);
      });
      report(`layer ${l + 1}`, e, options.epochs, { objective: error / (N * width(l)) });
    }
    await breathe();
    if (l + 1 < hidden.length) inputs = passed(network, l, inputs, Math.min(batch, N), width(l + 1));
  }

  network.settle();
  const labelled = Int32Array.from(labels.keys()).filter((i) => labels[i] >= 0);
  const cost = sizes.slice(1).reduce((sum, size, l) => sum + 6 * size * width(l), 0);
  for (let e = 1; e <= options.tuningEpochs; e++) {
    const left = options.schedule === 'linear' ? 1 - (e - 1) / options.tuningEpochs : 1;
    const settings: StepSettings = {
      rate: options.tuningRate * left,
      momentum: options.momentum,
      decay: options.decay,
    };
    const loss = await epoch(labelled, cost, (some) => {
      gather(network.input(0, some.length), [source, target], some);
      return network.descend(
        Array.from(some, (i) => labels[i]),
        settings,
      );
    });
    report('fine-tuning', e, options.tuningEpochs, { objective: loss / labelled.length });
  }
  checkWeights(network);
  const trained = network.take();
  core.exports.release(mark);
  return { layers: trained.slice(0, -1), svm: softmaxOf(trained[trained.length - 1], classes.length) };
}

/** @throws {SatnmfError} `not-finite` for weights that no model may have: the steps were too long */
function checkWeights(network: Network): void {
  if (Math.sqrt(network.squaredWeights()) <= LARGEST_SINGLE) return;
  throw new SatnmfError(
    'not-finite',
    'the weights of the network left the range of numbers: "rate", "tuningRate" or "decay" must be smaller',
    { argument: 'rate', expected: 'weights that settle' },
  );
}

/** Rows of both corpora, counted through, to where the network reads them. */
function gather(to: Float32Array, [source, target]: readonly [Matrix, Matrix], rows: Int32Array): void {
  const d = source.cols;
  rows.forEach((row, i) => {
    const [from, at] = row < source.rows ? [source, row] : [target, row - source.rows];
    putRows(to.subarray(i * d, (i + 1) * d), from.data.subarray(at * d, (at + 1) * d));
  });
}

/** What a trained layer makes of its inputs: probabilities, the inputs of the next. */
function passed(
  network: Network,
  layer: number,
  inputs: readonly [Matrix, Matrix],
  batch: number,
  units: number,
): readonly [Matrix, Matrix] {
  const [a, b] = inputs.map(({ rows, cols, data }): Matrix => {
    const out = new Float32Array(rows * units);
    for (let first = 0; first < rows; first += batch) {
      const some = Math.min(batch, rows - first);
      putRows(network.input(layer, some), data.subarray(first * cols, (first + some) * cols));
      out.set(network.hidden(layer, some), first * units);
    }
    return { rows, cols: units, data: out };
  });
  return [a, b];
}

/** The softmax's layer as a classifier of the units below it. */
function softmaxOf({ W, b }: Layer, classes: number): LinearSvm {
  const units = W.length / classes;
  const vectors = Float64Array.from(W, (_, at) => W[(at % units) * classes + Math.floor(at / units)]);
  return linearClassifier(vectors, Float64Array.from(b), classes);
}
