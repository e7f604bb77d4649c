import { describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { type Layer, outputsOf } from '../../../../js/learn/model/coders/layers.js';
import { Network, networkBytes, type Uniforms } from '../../../../js/methods/dbn/network.js';
import { random, Stream } from '../../../../js/core/random.js';
import { dense, type Dense } from '../../../reference/kernels/dense.js';
import { distance, matrixDistance } from '../../../reference/golden.js';
import {
  affine,
  contrast,
  type DenseLayer,
  descend,
  forward,
  logistic,
  loss,
  machine,
} from '../../../reference/kernels/network.js';
import { rng, uniformMatrix } from '../../../reference/kernels/random.js';
import { layersOf, settingsOf, STORED } from '../../../reference/methods/stored-network.js';
import { BUILDS, coreOf } from '../cores.js';
import { atTheEnd, expectBits, guarded } from '../memory.js';

const NEAR = 1e-4;
const floats = (values: ArrayLike<number>): Float32Array<ArrayBuffer> => Float32Array.from(values);
const single = ({ W, b }: DenseLayer): Layer => ({ W: floats(W.data), b: floats(b) });

/** Writes the given uniforms, one list a draw. */
function given(core: Core, draws: readonly ArrayLike<number>[]): Uniforms {
  let next = 0;
  return (at, n) => {
    expect(draws[next]).toHaveLength(n);
    core.f32(at, n).set(draws[next++]);
  };
}

const noUniforms: Uniforms = () => {
  throw new Error('nothing is drawn here');
};

describe.each(BUILDS)('%s build', (build) => {
  const core = coreOf(build);

  test('takes the stored steps of contrastive divergence', () => {
    const { W0, bv0, bh0, X, u, reconErr, snaps } = STORED.rbm;
    core.scoped(() => {
      const network = new Network(
        core,
        [X.cols, W0.cols, 2],
        X.rows,
        given(
          core,
          u.map(({ data }) => data),
        ),
      );
      expect([...bv0, ...bh0].every((b) => b === 0)).toBe(true);
      network.put([
        { W: floats(W0.data), b: floats(bh0) },
        { W: new Float32Array(2 * W0.cols), b: new Float32Array(2) },
      ]);
      network.begin(0);
      snaps.forEach((snap, step) => {
        network.input(0, X.rows).set(X.data);
        const error = network.contrast(0, X.rows, settingsOf(step));
        expect(Math.abs(error / X.rows / reconErr[step] - 1)).toBeLessThan(NEAR);
        const [{ W, b }] = network.take();
        expect(distance(W, snap.W.data)).toBeLessThan(NEAR);
        expect(distance(b, snap.bh)).toBeLessThan(NEAR);
        expect(distance(network.visibleBiases(0), snap.bv)).toBeLessThan(NEAR);
      });
    });
  });

  test('descends as stored, from the stored gradient on', () => {
    const { layers, head, X, y, wd, gd_lr, gd_losses, final, grads, headGrad } = STORED.net;
    const start = layersOf(layers, head);
    const sizes = [X.cols, ...start.map(({ b }) => b.length)];
    core.scoped(() => {
      const network = new Network(core, sizes, y.length, noUniforms);
      network.put(start.map(single));
      network.settle();
      const step = (rate: number): number => {
        network.input(0, y.length).set(X.data);
        const decayed = (wd / 2) * network.squaredWeights();
        return network.descend(y, { rate, momentum: 0, decay: wd }) / y.length + decayed;
      };
      // One step of rate 1 is the gradient.
      step(1);
      const gradient = layersOf(grads, headGrad);
      network.take().forEach(({ W, b }, l) => {
        const moved = (from: ArrayLike<number>, to: Float32Array) => Array.from(from, (x, i) => x - to[i]);
        expect(distance(moved(start[l].W.data, W), gradient[l].W.data)).toBeLessThan(NEAR);
        expect(distance(moved(start[l].b, b), gradient[l].b)).toBeLessThan(NEAR);
      });
      network.put(start.map(single));
      network.settle();
      for (const expected of gd_losses) expect(Math.abs(step(gd_lr) / expected - 1)).toBeLessThan(NEAR);
      const last = layersOf(final.layers, final.head);
      network.take().forEach(({ W, b }, l) => {
        expect(distance(W, last[l].W.data)).toBeLessThan(NEAR);
        expect(distance(b, last[l].b)).toBeLessThan(NEAR);
      });
    });
  });

  test.each([
    [1, 1, 1, 1],
    [13, 7, 5, 3],
    [300, 131, 2, 9],
    [37, 260, 129, 17],
  ])('agrees with the float64 network (%i inputs, %i and %i units, %i rows)', (d, h1, h2, rows) => {
    const draw = rng(3, 2);
    const start: DenseLayer[] = [
      { W: uniformMatrix(draw, d, h1), b: Array.from({ length: h1 }, () => 0.1 * draw.normal()) },
      { W: uniformMatrix(draw, h1, h2), b: Array.from({ length: h2 }, () => 0.1 * draw.normal()) },
      { W: uniformMatrix(draw, h2, 3), b: [0.1, 0, -0.1] },
    ].map(({ W, b }) => ({
      W: dense(
        W.rows,
        W.cols,
        W.data.map((w) => (w - 0.5) / Math.sqrt(W.rows)),
      ),
      b,
    }));
    const x = uniformMatrix(draw, rows, d);
    const y = Array.from({ length: rows }, (_, i) => i % 3);
    const settings = { rate: 0.3, momentum: 0.6, decay: 0.01 };
    core.scoped(() => {
      const draws: number[][] = [];
      const network = new Network(core, [d, h1, h2, 3], rows + 2, given(core, draws));
      network.put(start.map(single));
      network.begin(1);
      // Contrastive divergence of the second layer, on what the first one gives.
      const v = forward(start, x)[1];
      const rbm = machine(
        start[1].W,
        Array.from({ length: h1 }, () => 0),
        start[1].b,
      );
      for (let step = 0; step < 3; step++) {
        const p = affine(v, rbm.W, rbm.bh).data.map(logistic);
        // Not within rounding of a probability, where float32 may decide otherwise.
        const u: Dense = dense(
          rows,
          h2,
          p.map((value) => (value + 0.05 + 0.9 * draw.uniform64()) % 1),
        );
        draws.push([...u.data]);
        network.input(0, rows).set(floats(x.data));
        network.input(1, rows).set(network.hidden(0, rows).slice());
        const error = network.contrast(1, rows, settings);
        expect(Math.abs(error / rows / contrast(rbm, v, u, settings) - 1)).toBeLessThan(NEAR);
      }
      const [, { W, b }] = network.take();
      expect(matrixDistance(dense(h1, h2, W), rbm.W as never)).toBeLessThan(NEAR);
      expect(distance(b, rbm.bh)).toBeLessThan(NEAR);
      // Descent without momentum, and what the layers then say.
      network.put(start.map(single));
      network.settle();
      let now: DenseLayer[] = start;
      for (let step = 0; step < 3; step++) {
        network.input(0, rows).set(floats(x.data));
        const entropy = network.descend(y, { ...settings, momentum: 0 }) / rows;
        expect(Math.abs(entropy / loss(now, x, y, 0) - 1)).toBeLessThan(NEAR);
        now = descend(now, x, y, settings);
      }
      const layers = network.take();
      layers.forEach((layer, l) => {
        expect(distance(layer.W, now[l].W.data)).toBeLessThan(NEAR);
        expect(distance(layer.b, now[l].b)).toBeLessThan(NEAR);
      });
      const said = outputsOf(core, layers.slice(0, 2), { rows, cols: d, data: floats(x.data) });
      expect(distance(said.data, forward(now, x)[2].data)).toBeLessThan(NEAR);
    });
  });

  test('takes the memory that it says', () => {
    for (const [sizes, batch] of [
      [[30, 7, 50, 3], 11],
      [[3, 70, 5, 9, 2], 1],
    ] as const) {
      const before = core.exports.mark() >>> 0;
      core.scoped(() => {
        new Network(core, sizes, batch, noUniforms);
        expect((core.exports.mark() >>> 0) - before).toBe(networkBytes(sizes, batch));
      });
    }
  });

  test('the logistic function is within 2e-7 of its value, where that is not all but 0, and stays in [0, 1]', () => {
    const values = floats([
      ...Array.from({ length: 4003 }, (_, i) => (i - 2001) / 20),
      ...[0, -0, 1e-30, 86.9, 87, 88, 1e4, 3e38, Infinity, -Infinity, -87.1, -1e9],
    ]);
    const bias = floats(values.map((_, j) => (j % 3) - 1));
    for (const rows of [1, 3])
      for (const cols of [values.length, 5, 3, 1])
        guarded(core, (memory) => {
          const x = floats(Array.from({ length: rows * cols }, (_, at) => values[(at * 7) % values.length]));
          const [a, b] = [memory.inout(x), memory.input(bias.slice(0, cols))];
          core.exports.logistic(a.at, b.at, rows, cols);
          a.values.forEach((value, at) => {
            const exact = logistic(Math.fround(x[at] + bias[at % cols]));
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
            if (!(Math.abs(value - exact) <= 2e-7 * exact + 2e-38))
              throw new Error(`logistic(${x[at] + bias[at % cols]}) = ${value}, not ${exact}`);
          });
        });
  });

  test('the small kernels have the bits of one float32 operation after the other', () => {
    const f = Math.fround;
    for (const n of [0, 1, 3, 4, 5, 8, 11, 64, 67])
      atTheEnd(core, (memory) => {
        const draw = rng(n, 4);
        const list = (): Float32Array<ArrayBuffer> => floats(Array.from({ length: n }, () => draw.normal()));
        const [w, v, g, p, u] = [list(), list(), list(), list(), list()];
        const [mw, mv, mg] = [memory.inout(w), memory.inout(v), memory.input(g)];
        core.exports.momentumStep(mw.at, mv.at, mg.at, n, 0.9, 0.1, 0.02);
        const [momentum, rate, decay] = [f(0.9), f(0.1), f(0.02)];
        const speed = w.map((x, i) => f(f(f(momentum * v[i]) + f(rate * g[i])) - f(decay * x)));
        expectBits(mv.values, speed, 'velocity');
        expectBits(
          mw.values,
          w.map((x, i) => f(x + speed[i])),
          'weight',
        );
        const [h, mp] = [memory.inout(u), memory.input(p)];
        core.exports.exceeded(h.at, mp.at, n);
        expectBits(h.values, floats(u.map((x, i) => (p[i] > x ? 1 : 0))), 'state');
        const [delta, a] = [memory.inout(g), memory.input(p)];
        core.exports.logisticSlope(delta.at, a.at, n);
        expectBits(
          delta.values,
          g.map((x, i) => f(f(x * p[i]) * f(1 - p[i]))),
          'slope',
        );
        const rows = 3;
        const table = floats(Array.from({ length: rows * n }, () => draw.normal()));
        const [out, mt] = [memory.inout(w), memory.input(table)];
        core.exports.addRows(out.at, -0.5, mt.at, rows, n);
        const sums = w.slice();
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < n; j++) sums[j] = f(sums[j] + f(-0.5 * table[i * n + j]));
        expectBits(out.values, sums, 'sum of rows');
      });
  });

  test('streams that are drawn from in turns give what each gives alone', () => {
    core.scoped(() => {
      const alone = (stream: number): number[] => {
        const draw = random(core, 9, stream);
        return Array.from({ length: 12 }, () => draw.next());
      };
      const expected = [alone(3), alone(4)];
      const streams = [new Stream(core, 9, 3), new Stream(core, 9, 4)];
      const got: number[][] = [[], []];
      for (let round = 0; round < 4; round++)
        streams.forEach((stream, s) => {
          stream.draw((draw) => {
            for (let k = 0; k < 3; k++) got[s].push(draw.next());
          });
          // Somebody else seeds the generator anew.
          random(core, round, 5).next();
        });
      expect(got).toEqual(expected);
    });
  });

  test('draws its weights row by row, layer after layer, from the stream of the trial', () => {
    core.scoped(() => {
      const network = new Network(core, [3, 2, 2], 1, noUniforms);
      network.draw(5, 2);
      const draw = rng(5, 16 * 2 + 2);
      for (const { W, b } of network.take()) {
        expect(
          distance(
            W,
            Array.from(W, () => 0.01 * draw.normal()),
          ),
        ).toBeLessThan(1e-6);
        expect([...b].every((value) => value === 0)).toBe(true);
      }
    });
  });
});
