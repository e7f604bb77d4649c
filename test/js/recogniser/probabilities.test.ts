import { expect, test } from 'vitest';
import { probabilitiesOf } from '../../../js/learn/model/index.js';
import { affectOf, fitSharpness } from '../../../js/recogniser/probabilities.js';
import { coreOf } from '../../assembly/core/cores.js';
import { floats } from '../../assembly/core/values.js';

const core = coreOf('release');

test('probabilities of a row sum to 1, keep the order of the decisions and bear large ones', () => {
  const p = probabilitiesOf(core, Float64Array.of(1, 2, 3, 1e300, 0, -1e300), 3, 2);
  expect(p[0] + p[1] + p[2]).toBeCloseTo(1, 12);
  expect(p[1] / p[0]).toBeCloseTo(Math.exp(2), 10);
  expect([...p.subarray(3)]).toEqual([1, 0, 0]);
});

test('the sharpness is that from which labels were drawn', () => {
  const [rows, K, sharpness] = [4000, 3, 1.7];
  const decisions = Float64Array.from(floats(3, rows * K, -2, 2));
  const p = probabilitiesOf(core, decisions, K, sharpness);
  const draws = floats(4, rows, 0, 1);
  const labels = Int32Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < K; k++) if (draws[i] < (sum += p[i * K + k])) return k;
    return K - 1;
  });
  expect(fitSharpness(core, [{ K, decisions, labels }])).toBeCloseTo(sharpness, 0);
});

test('arousal and valence are in [0, 1], and in the middle for what is neutral or unknown', () => {
  expect(affectOf(['neutral', 'wonder'], [0.5, 0.5])).toEqual({ arousal: 0.5, valence: 0.5 });
  const angry = affectOf(['anger', 'sadness'], [1, 0]);
  const sad = affectOf(['anger', 'sadness'], [0, 1]);
  expect(angry.arousal).toBeGreaterThan(0.75);
  expect(sad.arousal).toBeLessThan(0.5);
  expect(Math.max(angry.valence, sad.valence)).toBeLessThan(0.3);
});
