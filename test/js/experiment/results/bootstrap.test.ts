import { describe, expect, it } from 'vitest';
import { sharedCore } from '../../../../js/core/load.js';
import { PURPOSE, random } from '../../../../js/core/random.js';
import { differenceOf, holm, resample } from '../../../../js/experiment/results/bootstrap.js';
import { schemesOf } from '../../../../js/experiment/results/cells.js';
import { resultsOf } from '../../../../js/experiment/results/results.js';
import { significanceOf } from '../../../../js/experiment/results/significance.js';
import { doneRun } from '../runs.js';

const core = await sharedCore();
const truth = Array.from({ length: 90 }, (_, i) => i % 3);
/** Right but for the utterances of which `wrong` says so. */
const said = (wrong: (i: number) => boolean): number[] =>
  truth.map((label, i) => (wrong(i) ? (label + 1) % 3 : label));

describe('the paired bootstrap', () => {
  it('says of the same predictions: no difference, p = 1', () => {
    const same = said((i) => i % 4 === 0);
    const [a, b] = resample(core, truth, [[same], [same]]);
    expect(differenceOf(a, b)).toEqual({ difference: 0, low: 0, high: 0, p: 1 });
  });

  it('is decided by its seed and stream, and turns its sign with the order', () => {
    const methods = [[said((i) => i % 5 === 0)], [said((i) => i % 4 === 1)]];
    const run = (options: object) => {
      const [a, b] = resample(core, truth, methods, { resamples: 400, ...options });
      return [differenceOf(a, b), differenceOf(b, a)] as const;
    };
    expect(run({ seed: 3 })).toEqual(run({ seed: 3 }));
    expect(run({ seed: 3 })).not.toEqual(run({ seed: 4 }));
    expect(run({ seed: 3, stream: 1 })).not.toEqual(run({ seed: 3 }));
    const [one, other] = run({});
    expect([other.difference, other.low, other.high, other.p]).toEqual([
      -one.difference,
      -one.high,
      -one.low,
      one.p,
    ]);
  });

  it('tells a large difference, and its UAR is that of the runs', () => {
    const [good, bad] = resample(core, truth, [[said(() => false)], [said((i) => i < 45)]]);
    expect([good.uar, bad.uar]).toEqual([1, 0.5]);
    const { low, high, p } = differenceOf(good, bad);
    expect(low).toBeGreaterThan(0.35);
    expect(high).toBeLessThan(0.65);
    expect(p).toBe(2 / 10_001);
  });

  it('takes the mean over seeds, and leaves out utterances without truth', () => {
    const [known, hidden] = [truth, [...truth, -1, -1]];
    const seeds = [said((i) => i < 30), said((i) => i < 60)];
    const padded = seeds.map((one) => [...one, 0, 1]);
    expect(resample(core, hidden, [padded], { resamples: 50 })).toEqual(
      resample(core, known, [seeds], { resamples: 50 }),
    );
    expect(resample(core, known, [seeds], { resamples: 1 })[0].uar).toBeCloseTo(0.5, 12);
  });

  it('covers the true difference about as often as it says', () => {
    // Two methods that are right with probabilities 0.7 and 0.55, independently.
    const { uniform } = random(core, 5, PURPOSE.demo);
    const samples = Array.from({ length: 200 }, () =>
      [0.7, 0.55].map((q) => [truth.map((label) => (uniform() < q ? label : (label + 1) % 3))]),
    );
    const covered = samples.filter((methods, seed) => {
      const [a, b] = resample(core, truth, methods, { resamples: 400, seed });
      const { low, high } = differenceOf(a, b);
      return low <= 0.15 && 0.15 <= high;
    }).length;
    expect(covered).toBeGreaterThan(180);
    expect(covered).toBeLessThan(199);
  });

  it('refuses a truth that nobody knows', () => {
    expect(() => resample(core, [-1, -1], [[[0, 1]]])).toThrow('at least one utterance');
    expect(() => resample(core, truth, [], { resamples: 0 })).toThrow('"resamples"');
  });
});

it('holm multiplies the smallest p by their number and never lets a larger one end up smaller', () => {
  expect(holm([0.01, 0.04, 0.03, 0.9])).toEqual([0.04, 0.09, 0.09, 0.9]);
  expect(holm([0.5, 0.5])).toEqual([1, 1]);
});

describe('significanceOf', () => {
  const runs = ['a2b', 'b2a'].flatMap((scheme) =>
    ['svm', 'satnmf'].map((method) => doneRun({ scheme, method }, method === 'svm' ? 6 : 3)),
  );
  const results = resultsOf(schemesOf(runs), 'none');
  it('compares satnmf with the others, on each scheme and over all', () => {
    const found = significanceOf(core, results);
    expect(found?.reference).toBe('satnmf');
    expect(found?.comparisons.map(({ scheme, method, difference }) => [scheme, method, difference])).toEqual([
      ['a2b', 'svm', 0.25],
      ['b2a', 'svm', 0.25],
      [null, 'svm', 0.25],
    ]);
  });

  it('takes another reference, but none that did not run', () => {
    expect(significanceOf(core, results, { reference: 'svm' })?.comparisons[0].difference).toBe(-0.25);
    expect(() => significanceOf(core, results, { reference: 'smv' })).toThrow('one of satnmf, svm');
    expect(significanceOf(core, resultsOf(schemesOf(runs.slice(0, 1)), 'none'))).toBeNull();
  });
});
