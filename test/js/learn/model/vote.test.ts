import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../../js/errors.js';
import { majorityVote, marginVote } from '../../../../js/learn/model/vote.js';
import { readGolden } from '../../../reference/golden.js';

interface Golden {
  readonly vote: { preds: readonly (readonly number[])[]; c: number; result: readonly number[] };
}

function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof SatnmfError) return error.code;
    throw error;
  }
  return undefined;
}

describe('majorityVote', () => {
  it('gives the stored winners, ties to the lowest class', () => {
    const { preds, c, result } = readGolden<Golden>('pipeline').vote;
    expect([...majorityVote(preds, c).winners]).toEqual(result);
  });

  it('gives the share of the trials for every class', () => {
    const { winners, shares } = majorityVote([Int32Array.of(2, 1), [2, 0], [1, 0], [2, 1]], 3);
    expect([...winners]).toEqual([2, 0]);
    expect([...shares]).toEqual([0, 0.25, 0.75, 0.5, 0.5, 0]);
  });

  it('takes a single trial and no rows at all', () => {
    expect([...majorityVote([[1, 0]], 2).shares]).toEqual([0, 1, 1, 0]);
    expect([...majorityVote([[], []], 2).winners]).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(codeOf(() => majorityVote([], 2))).toBe('bad-argument');
    expect(codeOf(() => majorityVote([[0, 1], [0]], 2))).toBe('shape-mismatch');
    expect(codeOf(() => majorityVote([[0, 2]], 2))).toBe('unknown-class');
    expect(codeOf(() => majorityVote([[0, -1]], 2))).toBe('unknown-class');
    expect(() => majorityVote([[0], [7]], 2)).toThrow(/trial 1, row 0 has 7/);
  });
});

describe('marginVote', () => {
  it('averages decision values and gives ties to the lowest class', () => {
    const { winners, margins } = marginVote(
      [Float64Array.of(1, 3, 0.5, 0.5), Float64Array.of(2, -1, 1, 1)],
      2,
    );
    expect([...margins]).toEqual([1.5, 1, 0.75, 0.75]);
    expect([...winners]).toEqual([0, 0]);
  });

  it('can differ from the majority', () => {
    const trials = [Float64Array.of(0.1, 0), Float64Array.of(0.1, 0), Float64Array.of(-1, 1)];
    expect([
      ...majorityVote(
        trials.map((t) => [t[0] >= t[1] ? 0 : 1]),
        2,
      ).winners,
    ]).toEqual([0]);
    expect([...marginVote(trials, 2).winners]).toEqual([1]);
  });

  it('does not change the trials', () => {
    const trials = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
    marginVote(trials, 2);
    expect(trials).toEqual([Float64Array.of(1, 2), Float64Array.of(3, 4)]);
  });

  it('says what is wrong', () => {
    expect(codeOf(() => marginVote([], 2))).toBe('bad-argument');
    expect(codeOf(() => marginVote([new Float64Array(4), new Float64Array(2)], 2))).toBe('shape-mismatch');
    expect(codeOf(() => marginVote([new Float64Array(3)], 2))).toBe('shape-mismatch');
  });
});
