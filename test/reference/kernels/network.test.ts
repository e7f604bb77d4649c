import { describe, expect, test } from 'vitest';
import { distance, matrixDistance, stored } from '../golden.js';
import { contrast, descend, forward, gradient, loss, machine } from './network.js';
import { layersOf, settingsOf, STORED } from '../methods/stored-network.js';

const NEAR = 1e-10;

describe('the float64 network', () => {
  test('takes the stored steps of contrastive divergence', () => {
    const { W0, bv0, bh0, X, u, reconErr, snaps } = STORED.rbm;
    const rbm = machine(stored(W0), bv0, bh0);
    snaps.forEach((snap, step) => {
      const error = contrast(rbm, stored(X), stored(u[step]), settingsOf(step));
      expect(Math.abs(error / reconErr[step] - 1)).toBeLessThan(NEAR);
      expect(matrixDistance(rbm.W, snap.W)).toBeLessThan(NEAR);
      expect(distance(rbm.bv, snap.bv)).toBeLessThan(NEAR);
      expect(distance(rbm.bh, snap.bh)).toBeLessThan(NEAR);
    });
  });

  test('has the stored probabilities, loss and gradient', () => {
    const { layers, head, X, y, wd, prob, grads, headGrad } = STORED.net;
    const start = layersOf(layers, head);
    expect(matrixDistance(forward(start, stored(X))[start.length], prob)).toBeLessThan(NEAR);
    expect(Math.abs(loss(start, stored(X), y, wd) / STORED.net.loss - 1)).toBeLessThan(NEAR);
    const expected = layersOf(grads, headGrad);
    gradient(start, stored(X), y, wd).forEach(({ W, b }, l) => {
      expect(distance(W.data, expected[l].W.data)).toBeLessThan(NEAR);
      expect(distance(b, expected[l].b)).toBeLessThan(NEAR);
    });
  });

  test('has a gradient that agrees with differences of its loss', () => {
    const { layers, head, X, y, wd } = STORED.net;
    const start = layersOf(layers, head);
    const h = 1e-5;
    gradient(start, stored(X), y, wd).forEach((g, l) => {
      for (const at of [0, g.W.data.length >> 1, g.W.data.length - 1]) {
        const moved = (by: number): number => {
          const other = layersOf(layers, head);
          other[l].W.data[at] += by;
          return loss(other, stored(X), y, wd);
        };
        expect(Math.abs((moved(h) - moved(-h)) / (2 * h) - g.W.data[at])).toBeLessThan(1e-8);
      }
    });
  });

  test('descends as stored', () => {
    const { layers, head, X, y, wd, gd_lr, gd_losses, final } = STORED.net;
    let now = layersOf(layers, head);
    for (const expected of gd_losses) {
      expect(Math.abs(loss(now, stored(X), y, wd) / expected - 1)).toBeLessThan(NEAR);
      now = descend(now, stored(X), y, { rate: gd_lr, decay: wd });
    }
    const last = layersOf(final.layers, final.head);
    now.forEach(({ W, b }, l) => {
      expect(distance(W.data, last[l].W.data)).toBeLessThan(NEAR);
      expect(distance(b, last[l].b)).toBeLessThan(NEAR);
    });
  });
});
