/**
 * network: contrastive divergence and softmax descent in float64, one loop at a time (compared-methods.md, DBN).
 *
 * @module
 */
import { at, type Dense, dense, put } from './dense.js';

/** A layer of a network; rows of inputs times W plus b. */
export interface DenseLayer {
  readonly W: Dense;
  readonly b: number[];
}

/** A restricted Boltzmann machine with the velocities of its descent. */
export interface Machine {
  W: Dense;
  /** Biases of the visible and of the hidden units. */
  bv: number[];
  bh: number[];
  dW: Dense;
  dbv: number[];
  dbh: number[];
}

export interface Settings {
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
}

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export function machine(W: Dense, bv: readonly number[], bh: readonly number[]): Machine {
  const nothing = (list: readonly number[]): number[] => list.map(() => 0);
  return { W, bv: [...bv], bh: [...bh], dW: dense(W.rows, W.cols), dbv: nothing(bv), dbh: nothing(bh) };
}

/** x W + b, row by row, or x Wᵀ + b. */
export function affine(x: Dense, W: Dense, b: readonly number[], transposed = false): Dense {
  const cols = transposed ? W.rows : W.cols;
  const inner = transposed ? W.cols : W.rows;
  const out = dense(x.rows, cols);
  for (let i = 0; i < x.rows; i++)
    for (let j = 0; j < cols; j++) {
      let sum = b[j];
      for (let k = 0; k < inner; k++) sum += x.data[i * inner + k] * (transposed ? at(W, j, k) : at(W, k, j));
      put(out, i, j, sum);
    }
  return out;
}

const applied = (x: Dense, f: (value: number) => number): Dense =>
  dense(x.rows, x.cols, Array.from(x.data, f));

/** xᵀ y. */
function outer(x: Dense, y: Dense): Dense {
  const out = dense(x.cols, y.cols);
  for (let i = 0; i < x.rows; i++)
    for (let a = 0; a < x.cols; a++)
      for (let b = 0; b < y.cols; b++)
        out.data[a * y.cols + b] += x.data[i * x.cols + a] * y.data[i * y.cols + b];
  return out;
}

function columnMeans(x: Dense): number[] {
  return Array.from({ length: x.cols }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < x.rows; i++) sum += x.data[i * x.cols + j];
    return sum / x.rows;
  });
}

/** One step of CD-1 on the rows v, with uniforms u for the hidden states. Returns the squared error of the reconstruction, a row. */
export function contrast(rbm: Machine, v: Dense, u: Dense, { rate, momentum, decay }: Settings): number {
  const B = v.rows;
  const p = applied(affine(v, rbm.W, rbm.bh), logistic);
  const h = dense(
    B,
    p.cols,
    Array.from(p.data, (value, i) => (value > u.data[i] ? 1 : 0)),
  );
  const v1 = applied(affine(h, rbm.W, rbm.bv, true), logistic);
  const p1 = applied(affine(v1, rbm.W, rbm.bh), logistic);
  const [up, down] = [outer(v, p), outer(v1, p1)];
  for (let i = 0; i < rbm.W.data.length; i++) {
    const g = (up.data[i] - down.data[i]) / B;
    rbm.dW.data[i] = momentum * rbm.dW.data[i] + rate * (g - decay * rbm.W.data[i]);
  }
  const [mv, mv1, mp, mp1] = [v, v1, p, p1].map(columnMeans);
  rbm.dbv = rbm.dbv.map((old, j) => momentum * old + rate * (mv[j] - mv1[j]));
  rbm.dbh = rbm.dbh.map((old, j) => momentum * old + rate * (mp[j] - mp1[j]));
  for (let i = 0; i < rbm.W.data.length; i++) rbm.W.data[i] += rbm.dW.data[i];
  rbm.bv = rbm.bv.map((b, j) => b + rbm.dbv[j]);
  rbm.bh = rbm.bh.map((b, j) => b + rbm.dbh[j]);
  let error = 0;
  for (let i = 0; i < v.data.length; i++) error += (v.data[i] - v1.data[i]) ** 2;
  return error / B;
}

/** Activations of all layers, and the probabilities of the classes last. */
export function forward(layers: readonly DenseLayer[], x: Dense): Dense[] {
  const out = [x];
  layers.forEach(({ W, b }, l) => {
    const z = affine(out[l], W, b);
    out.push(l < layers.length - 1 ? applied(z, logistic) : softmax(z));
  });
  return out;
}

function softmax(z: Dense): Dense {
  const out = dense(z.rows, z.cols);
  for (let i = 0; i < z.rows; i++) {
    const row = Array.from(z.data.slice(i * z.cols, (i + 1) * z.cols));
    const most = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, k) => (out.data[i * z.cols + k] = power / sum));
  }
  return out;
}

/** Mean cross-entropy + decay/2 |W|² of all layers. */
export function loss(layers: readonly DenseLayer[], x: Dense, y: readonly number[], decay: number): number {
  const p = forward(layers, x)[layers.length];
  const entropy = y.reduce((sum, k, i) => sum - Math.log(p.data[i * p.cols + k]), 0) / y.length;
  const square = layers.reduce((sum, { W }) => W.data.reduce((s, w) => s + w * w, sum), 0);
  return entropy + (decay / 2) * square;
}

/** Gradient of {@link loss}. */
export function gradient(
  layers: readonly DenseLayer[],
  x: Dense,
  y: readonly number[],
  decay: number,
): DenseLayer[] {
  const values = forward(layers, x);
  let delta = values[layers.length];
  y.forEach((k, i) => (delta.data[i * delta.cols + k] -= 1));
  const out: DenseLayer[] = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    const { W } = layers[l];
    const g = outer(values[l], delta);
    for (let i = 0; i < g.data.length; i++) g.data[i] = g.data[i] / y.length + decay * W.data[i];
    out.unshift({ W: g, b: columnMeans(delta) });
    const back = affine(
      delta,
      W,
      Array.from({ length: W.rows }, () => 0),
      true,
    );
    delta = dense(
      back.rows,
      back.cols,
      Array.from(back.data, (value, i) => value * values[l].data[i] * (1 - values[l].data[i])),
    );
  }
  return out;
}

/** One step of descent without momentum. */
export function descend(
  layers: readonly DenseLayer[],
  x: Dense,
  y: readonly number[],
  { rate, decay }: Pick<Settings, 'rate' | 'decay'>,
): DenseLayer[] {
  const g = gradient(layers, x, y, decay);
  return layers.map(({ W, b }, l) => ({
    W: dense(
      W.rows,
      W.cols,
      Array.from(W.data, (value, i) => value - rate * g[l].W.data[i]),
    ),
    b: b.map((value, j) => value - rate * g[l].b[j]),
  }));
}
