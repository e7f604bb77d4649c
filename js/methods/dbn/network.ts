/**
 * A deep belief network in wasm memory: contrastive divergence layer by layer, then descent of the
 * cross-entropy of a softmax on top (compared-methods.md, DBN).
 *
 * @module
 */
import {
  aligned,
  type Core,
  type Pointer,
  PURPOSE,
  random,
  SMALL_COLUMNS,
  SMALL_ROWS,
} from '../../core/index.js';
import {
  activate,
  type Layer,
  type LayerSize,
  panelBytes,
  product,
  productBytes,
} from '../../learn/model/index.js';

/** Size of a step. */
export interface StepSettings {
  /** Learning rate. */
  readonly rate: number;
  readonly momentum: number;
  /** Weight decay, on weights and not on biases. */
  readonly decay: number;
}

/** Writes n uniforms in (0, 1] to `at`. */
export type Uniforms = (at: Pointer, n: number) => void;

/** Parameters with the velocity of their descent. */
interface Moving {
  readonly at: Pointer;
  readonly velocity: Pointer;
  readonly size: number;
}

interface Held extends LayerSize {
  readonly W: Moving;
  readonly b: Moving;
}

/** Deviation of the weights at the start (ours; Hinton 2012, §8). */
const START = 0.01;

/** Bytes that a {@link Network} takes. */
export function networkBytes(sizes: readonly number[], batch: number): number {
  const widest = Math.max(...sizes);
  let bytes = 0;
  let largest = 0;
  for (let l = 1; l < sizes.length; l++) {
    const [inputs, outputs] = [sizes[l - 1], sizes[l]];
    bytes += 2 * aligned(4 * inputs * outputs) + 2 * aligned(4 * outputs);
    largest = Math.max(largest, inputs * outputs);
    bytes += aligned(8 * batch * outputs);
  }
  bytes += aligned(8 * batch * sizes[0]) + aligned(4 * batch * widest);
  bytes += 2 * aligned(4 * widest);
  bytes += aligned(4 * largest) + aligned(4 * widest) + aligned(4 * widest);
  return bytes + panelsFor(widest, batch) + productBytes(Math.max(widest, 2 * batch));
}

/** Panels of a batch of rows, or of the columns of two. */
function panelsFor(widest: number, batch: number): number {
  return Math.max(panelBytes(batch, widest), panelBytes(widest, 2 * batch));
}

/** One network; lives in the arena of its Core until that is released. */
export class Network {
  readonly #core: Core;
  readonly #sizes: readonly number[];
  /** Hidden layers, and the softmax's last. */
  readonly #layers: Held[] = [];
  /** Values of the layers for the rows of a batch, twice the batch each: the inputs, the hidden units, the scores. */
  readonly #values: Pointer[] = [];
  /** Biases of the visible units of the layer that is trained. */
  readonly #visible: Moving;
  readonly #states: Pointer;
  readonly #gradient: Pointer;
  readonly #slope: Pointer;
  readonly #minus: Pointer;
  readonly #panels: Pointer;
  readonly #scratch: Pointer;
  readonly #uniforms: Uniforms;

  /**
   * Takes {@link networkBytes} of the arena; all weights and biases are 0.
   *
   * @param sizes widths: features, hidden layers, classes
   * @param batch most rows of a mini-batch
   */
  constructor(core: Core, sizes: readonly number[], batch: number, uniforms: Uniforms) {
    this.#core = core;
    this.#sizes = sizes;
    this.#uniforms = uniforms;
    const widest = Math.max(...sizes);
    this.#values.push(core.alloc(8 * batch * sizes[0]));
    for (let l = 1; l < sizes.length; l++) {
      const [inputs, outputs] = [sizes[l - 1], sizes[l]];
      this.#layers.push({ inputs, outputs, W: moving(core, inputs * outputs), b: moving(core, outputs) });
      this.#values.push(core.alloc(8 * batch * outputs));
    }
    this.#visible = moving(core, widest);
    this.#states = core.alloc(4 * batch * widest);
    this.#gradient = core.alloc(4 * Math.max(...this.#layers.map(({ W }) => W.size)));
    this.#slope = core.alloc(4 * widest);
    this.#minus = core.alloc(4 * widest);
    core.f32(this.#minus, widest).fill(-1);
    this.#panels = core.alloc(panelsFor(widest, batch));
    this.#scratch = core.alloc(productBytes(Math.max(widest, 2 * batch)));
  }

  /** Draws all weights: W of each layer, row by row, the first layer first, normal with deviation 0.01. */
  draw(seed: number, trial: number): void {
    random(this.#core, seed, 16 * trial + PURPOSE.networkWeights);
    for (const { W } of this.#layers) {
      this.#core.exports.fillNormal(W.at, W.size);
      const weights = this.#core.f32(W.at, W.size);
      for (let i = 0; i < W.size; i++) weights[i] *= START;
    }
  }

  /** Puts other weights in. */
  put(layers: readonly Layer[]): void {
    layers.forEach((layer, l) => {
      const { W, b } = this.#layers[l];
      this.#core.f32(W.at, W.size).set(layer.W);
      this.#core.f32(b.at, b.size).set(layer.b);
    });
  }

  /** Where the rows of a batch go: `rows x inputs` of hidden layer `layer`. A view: fill it at once. */
  input(layer: number, rows: number): Float32Array {
    return this.#core.f32(this.#values[layer], rows * this.#sizes[layer]);
  }

  /** Starts the training of a layer: no visible biases, no velocities. */
  begin(layer: number): void {
    const { at, velocity } = this.#visible;
    this.#core.f32(at, this.#sizes[layer]).fill(0);
    this.#core.f32(velocity, this.#sizes[layer]).fill(0);
  }

  /**
   * One step of contrastive divergence (CD-1; Hinton 2002) of a hidden layer on the rows in {@link input}:
   *
   *     p = σ(v W + b), h = [p > u], v' = σ(h Wᵀ + a), p' = σ(v' W + b)
   *     W by (vᵀp − v'ᵀp') / rows, a by the mean of v − v', b by that of p − p'
   *
   * @returns Σ (v − v')² over the rows
   */
  contrast(layer: number, rows: number, settings: StepSettings): number {
    const core = this.#core;
    const { exports } = core;
    const { inputs, outputs, W, b } = this.#layers[layer];
    const [v, p] = [this.#values[layer], this.#values[layer + 1]];
    const [v1, p1] = [v + 4 * rows * inputs, p + 4 * rows * outputs];
    this.#up(layer, v, p, rows);
    this.#uniforms(this.#states, rows * outputs);
    exports.exceeded(this.#states, p, rows * outputs);
    exports.packRows(this.#panels, this.#states, outputs, rows, outputs);
    const transposed = { at: W.at, ld: outputs, form: SMALL_COLUMNS };
    product(core, v1, this.#panels, transposed, [rows, inputs, outputs], this.#scratch);
    exports.logistic(v1, this.#visible.at, rows, inputs);
    this.#up(layer, v1, p1, rows);
    const error = exports.squaredDistance(v, v1, rows * inputs);
    // Both halves of the gradient are one product: (v over v')ᵀ (p over −p').
    exports.scaleColumns(p1, this.#minus, rows, outputs);
    this.#collect(v, p, layer, 2 * rows);
    this.#step(W, this.#gradient, rows, settings);
    this.#sum(outputs, [[1, p, 2 * rows]]);
    this.#step(b, this.#slope, rows, { ...settings, decay: 0 });
    this.#sum(inputs, [
      [1, v, rows],
      [-1, v1, rows],
    ]);
    this.#step({ ...this.#visible, size: inputs }, this.#slope, rows, { ...settings, decay: 0 });
    return error;
  }

  /** Activations of a hidden layer for the rows in its {@link input}. A view: copy it at once. */
  hidden(layer: number, rows: number): Float32Array {
    this.#up(layer, this.#values[layer], this.#values[layer + 1], rows);
    return this.#core.f32(this.#values[layer + 1], rows * this.#sizes[layer + 1]);
  }

  /** Biases of the visible units that contrastive divergence found for a layer; copied out. */
  visibleBiases(layer: number): Float32Array {
    return this.#core.f32(this.#visible.at, this.#sizes[layer]).slice();
  }

  /** Ends contrastive divergence: no velocities. */
  settle(): void {
    for (const { W, b } of this.#layers)
      for (const { velocity, size } of [W, b]) this.#core.f32(velocity, size).fill(0);
  }

  /**
   * One step down the mean cross-entropy + decay/2 |W|² of all layers, for the rows in `input(0)`.
   *
   * @param labels class of each row
   * @returns the sum of the cross-entropies of the rows, before the step
   */
  descend(labels: ArrayLike<number>, settings: StepSettings): number {
    const core = this.#core;
    const rows = labels.length;
    const top = this.#layers.length - 1;
    for (let l = 0; l < top; l++) this.#up(l, this.#values[l], this.#values[l + 1], rows);
    this.#scores(rows);
    const loss = this.#softmax(labels);
    const down = { ...settings, rate: -settings.rate };
    for (let l = top; l >= 0; l--) {
      const { inputs, outputs, W, b } = this.#layers[l];
      const errors = this.#values[l + 1];
      this.#collect(this.#values[l], errors, l, rows);
      this.#sum(outputs, [[1, errors, rows]]);
      if (l > 0) {
        core.exports.packRows(this.#panels, errors, outputs, rows, outputs);
        const transposed = { at: W.at, ld: outputs, form: SMALL_COLUMNS };
        product(core, this.#states, this.#panels, transposed, [rows, inputs, outputs], this.#scratch);
        core.exports.logisticSlope(this.#states, this.#values[l], rows * inputs);
        core.f32(this.#values[l], rows * inputs).set(core.f32(this.#states, rows * inputs));
      }
      this.#step(W, this.#gradient, rows, down);
      this.#step(b, this.#slope, rows, { ...down, decay: 0 });
    }
    return loss;
  }

  /** Σ W² of all layers, in f64. */
  squaredWeights(): number {
    return this.#layers.reduce((sum, { W }) => sum + this.#core.exports.dot(W.at, W.at, W.size), 0);
  }

  /** The layers, copied out; the last one is the softmax's. */
  take(): Layer[] {
    return this.#layers.map(({ W, b }) => ({
      W: this.#core.f32(W.at, W.size).slice(),
      b: this.#core.f32(b.at, b.size).slice(),
    }));
  }

  #up(layer: number, from: Pointer, to: Pointer, rows: number): void {
    const held = this.#layers[layer];
    const { W, b } = held;
    activate(this.#core, to, from, { W: W.at, b: b.at }, held, rows, this.#panels, this.#scratch);
  }

  /** Scores of the classes: linear in the last hidden layer. */
  #scores(rows: number): void {
    const core = this.#core;
    const l = this.#layers.length - 1;
    const { inputs, outputs, W, b } = this.#layers[l];
    const out = this.#values[l + 1];
    core.exports.packRows(this.#panels, this.#values[l], inputs, rows, inputs);
    const small = { at: W.at, ld: outputs, form: SMALL_ROWS };
    product(core, out, this.#panels, small, [rows, outputs, inputs], this.#scratch);
    for (let i = 0; i < rows; i++) core.exports.addRows(out + 4 * i * outputs, 1, b.at, 1, outputs);
  }

  /** Scores become softmax − one-hot. Returns the sum of the cross-entropies. */
  #softmax(labels: ArrayLike<number>): number {
    const { exports } = this.#core;
    const c = this.#sizes[this.#sizes.length - 1];
    const scores = this.#core.f32(this.#values[this.#sizes.length - 1], labels.length * c);
    const powers = new Float64Array(c);
    let loss = 0;
    for (let i = 0; i < labels.length; i++) {
      const row = scores.subarray(i * c, (i + 1) * c);
      const most = row.reduce((a, b) => Math.max(a, b));
      let sum = 0;
      for (let k = 0; k < c; k++) sum += powers[k] = exports.exponential(row[k] - most);
      loss += exports.logarithm(sum) + most - row[labels[i]];
      for (let k = 0; k < c; k++) row[k] = powers[k] / sum - (k === labels[i] ? 1 : 0);
    }
    return loss;
  }

  /** Gradient of W: xᵀ y over `rows` rows. */
  #collect(x: Pointer, y: Pointer, layer: number, rows: number): void {
    const { inputs, outputs } = this.#layers[layer];
    this.#core.exports.packColumns(this.#panels, x, inputs, inputs, rows, 0, rows);
    const small = { at: y, ld: outputs, form: SMALL_ROWS };
    product(this.#core, this.#gradient, this.#panels, small, [inputs, outputs, rows], this.#scratch);
  }

  /** Weighted sums of rows. */
  #sum(width: number, parts: readonly (readonly [weight: number, x: Pointer, rows: number])[]): void {
    this.#core.f32(this.#slope, width).fill(0);
    for (const [weight, x, rows] of parts) this.#core.exports.addRows(this.#slope, weight, x, rows, width);
  }

  #step({ at, velocity, size }: Moving, gradient: Pointer, rows: number, settings: StepSettings): void {
    const { rate, momentum, decay } = settings;
    const pull = Math.abs(rate) * decay;
    this.#core.exports.momentumStep(at, velocity, gradient, size, momentum, rate / rows, pull);
  }
}

function moving(core: Core, size: number): Moving {
  const made = { at: core.alloc(4 * size), velocity: core.alloc(4 * size), size };
  core.f32(made.at, size).fill(0);
  core.f32(made.velocity, size).fill(0);
  return made;
}
