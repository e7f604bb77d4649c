import { describe, expect, test } from 'vitest';
import { fitBytes } from '../../../../js/learn/nmf/nmf.js';
import { nmfOptions } from '../../../../js/learn/nmf/options.js';
import { coreOf } from '../../../assembly/core/cores.js';

const core = coreOf('release');
const robust = nmfOptions('satnmf', {});
const d = 6373;

/** Bytes of a fit with six classes, in units of the features' bytes. */
function share(N: number, parts: number): number {
  return fitBytes(core, robust, { N, d, classes: 6 }, parts) / (N * d * 4);
}

describe('memory of a fit of 1,500 utterances by the robust preset', () => {
  test('is at most 2.4 times the features at one trial', () => {
    expect(share(1500, 1)).toBeLessThanOrEqual(2.4);
  });

  test('grows by at most 0.35 times the features with each further trial side by side', () => {
    for (let parts = 1; parts < 5; parts++)
      expect(share(1500, parts + 1) - share(1500, parts)).toBeLessThanOrEqual(0.35);
  });
});

test('a fit of 600 utterances with all five trials side by side stays under 96 MB', () => {
  expect(fitBytes(core, robust, { N: 600, d, classes: 6 }, robust.trials)).toBeLessThan(96e6);
});
