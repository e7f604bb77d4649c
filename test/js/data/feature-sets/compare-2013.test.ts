import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPARE_WIDTH, compareNames } from '../../../../js/data/feature-sets/compare-2013.js';
import { SHARED } from '../../../shared.js';

const shared = SHARED;
const list = `${shared}/spec/feature-names.txt`;
const absent = !existsSync(list);

describe('compareNames', () => {
  it('are 6373 different names', () => {
    expect(compareNames()).toHaveLength(COMPARE_WIDTH);
    expect(new Set(compareNames()).size).toBe(COMPARE_WIDTH);
  });

  it('begin and end as the set does, and are one frozen list', () => {
    expect(compareNames()[0]).toBe('audspec_lengthL1norm_sma_range');
    expect(compareNames()[6372]).toBe('mfcc_sma_de[14]_stddevFallingSlope');
    expect(compareNames().indexOf('F0final_sma_ff0_nnz')).toBe(248 + 3410 + 468);
    expect(compareNames()).toBe(compareNames());
    expect(Object.isFrozen(compareNames())).toBe(true);
  });

  it.skipIf(absent)(`are those of the specification${absent ? ` (skipped: no ${list})` : ''}`, () => {
    expect(compareNames()).toEqual(readFileSync(list, 'utf8').trim().split('\n'));
  });
});
