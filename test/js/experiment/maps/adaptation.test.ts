import { describe, expect, it } from 'vitest';
import { sharedCore } from '../../../../js/core/load.js';
import { matrix } from '../../../../js/data/matrix.js';
import { adaptationOf } from '../../../../js/experiment/maps/adaptation.js';
import { pairOf } from '../../../../js/experiment/evaluation.js';
import { planeOf } from '../../../../js/experiment/maps/plane.js';
import { methodByName } from '../../../../js/methods/registry.js';
import { smallPair } from '../../cli/tables.js';

const core = await sharedCore();

describe('planeOf', () => {
  it('finds the plane that rows lie on, the longer axis first', () => {
    // (6, 0), (−3, 1), (−3, −1) turned into three dimensions about a far centre.
    const places = [
      [6, 0],
      [-3, 1],
      [-3, -1],
    ];
    const rows = matrix(3, 3);
    places.forEach(([a, b], i) => rows.data.set([100 + 0.6 * a, 100 + 0.8 * a, 100 + b], 3 * i));
    const { x, y, shares } = planeOf(core, rows);
    // The entry of largest size is positive; of the second axis two are of the same size.
    places.forEach(([a, b], i) => {
      expect(x[i]).toBeCloseTo(a, 4);
      expect(y[i] * Math.sign(y[1])).toBeCloseTo(b, 4);
    });
    expect(shares[0]).toBeCloseTo(54 / 56, 5);
    expect(shares[1]).toBeCloseTo(2 / 56, 5);
  });

  it('puts equal rows on one place, without NaN', () => {
    const { x, y, shares } = planeOf(core, { rows: 5, cols: 2, data: new Float32Array(10).fill(3) });
    expect([...x, ...y].every((place) => place === 0)).toBe(true);
    expect(shares).toEqual([0, 0]);
  });

  it('gives back its memory', () => {
    const mark = core.exports.mark();
    planeOf(core, { rows: 3, cols: 2, data: Float32Array.of(1, 2, 3, 5, 8, 13) });
    expect(core.exports.mark()).toBe(mark);
  });
});

describe('adaptationOf', () => {
  it('maps the codes of the fit: source and target side by side, the same each time', async () => {
    const { source, target } = await smallPair();
    const pair = pairOf(source, target);
    const method = methodByName('satnmf', { r: 4, trials: 2, maxIterations: 12 });
    const map = await adaptationOf(core, method, pair);
    expect([map.sourceRows, map.emotions.length, map.before.x.length, map.after.x.length]).toEqual([
      48, 92, 92, 92,
    ]);
    expect(await adaptationOf(core, method.with({ trials: 1 }), pair)).toEqual(map);
    const far = await adaptationOf(
      core,
      methodByName('satnmf', { r: 4, trials: 1, maxIterations: 12, gamma: 0 }),
      pair,
    );
    expect(far.before).toEqual(map.before);
    expect(far.after).not.toEqual(map.after);
  });

  it('shows the corpora nearer to each other after the discrepancy between them was lowered', async () => {
    const { source, target } = await smallPair();
    // The target lies elsewhere in every second feature: `none` keeps it there.
    const moved = { ...target.features, data: target.features.data.slice() };
    moved.data.forEach((value, at) => (moved.data[at] = at % 2 === 0 ? value + 2 : value));
    const pair = pairOf(source, { ...target, features: moved });
    const options = { normalize: 'none', r: 6, trials: 1, maxIterations: 60, alpha: 0, lambda: 0 };
    const gapOf = async (gamma: number): Promise<{ before: number; after: number }> => {
      const map = await adaptationOf(core, methodByName('satnmf', { ...options, gamma }), pair);
      const gap = ({ x, y }: typeof map.before): number => {
        const mean = (of: Float64Array): number => of.reduce((sum, place) => sum + place / of.length, 0);
        const of = (axis: Float64Array): number =>
          mean(axis.subarray(0, map.sourceRows)) - mean(axis.subarray(map.sourceRows));
        const spread = Math.sqrt(
          mean(x.map((place) => place * place)) + mean(y.map((place) => place * place)),
        );
        return Math.sqrt(of(x) * of(x) + of(y) * of(y)) / spread;
      };
      return { before: gap(map.before), after: gap(map.after) };
    };
    const [free, held] = [await gapOf(0), await gapOf(1e4)];
    expect(free.before).toBe(held.before);
    expect(free.before).toBeGreaterThan(1);
    expect(held.after).toBeLessThan(free.after / 3);
  });

  it('refuses a method that has no codes', async () => {
    const { source, target } = await smallPair();
    await expect(adaptationOf(core, methodByName('svm'), pairOf(source, target))).rejects.toThrow(
      'svm made no codes',
    );
  });
});
