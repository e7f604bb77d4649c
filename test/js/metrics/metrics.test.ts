import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../js/errors.js';
import { confusion, support } from '../../../js/metrics/confusion.js';
import { recalls, uar } from '../../../js/metrics/uar.js';
import { war } from '../../../js/metrics/war.js';

const golden = (
  JSON.parse(readFileSync(new URL('../../golden/pipeline.json', import.meta.url), 'utf8')) as {
    metrics: {
      y: number[];
      pred: number[];
      c: number;
      confusion: { data: number[] };
      uar: number;
      war: number;
    };
  }
).metrics;

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return error.code;
    throw error;
  }
  return 'no error';
};

describe('confusion, UAR and WAR', () => {
  const truth = golden.y.map(String);
  const predicted = golden.pred.map(String);
  const classes = Array.from({ length: golden.c }, (_, k) => String(k));
  const matrix = confusion(truth, predicted, classes);

  it('are the golden ones, exactly, with a class that does not occur', () => {
    expect([...matrix.counts]).toEqual(golden.confusion.data);
    expect(uar(matrix)).toBe(golden.uar);
    expect(war(matrix)).toBe(golden.war);
    expect(recalls(matrix)).toEqual([1 / 3, 2 / 3, 1, null]);
    expect([...support(matrix)]).toEqual([3, 3, 2, 0]);
  });

  it('are the same from two lists of words as from the matrix', () => {
    expect(uar(truth, predicted)).toBe(golden.uar);
    expect(war(truth, predicted)).toBe(golden.war);
  });

  it('put classes in code-unit order and count a class that is never predicted as 0', () => {
    const found = confusion(['fear', 'anger', 'fear'], ['anger', 'anger', 'anger']);
    expect(found.classes).toEqual(['anger', 'fear']);
    expect([...found.counts]).toEqual([1, 0, 2, 0]);
    expect(uar(found)).toBe(0.5);
    expect(war(found)).toBe(1 / 3);
  });

  it('leave a class out of UAR that is only predicted', () => {
    expect(uar(['fear', 'fear'], ['fear', 'anger'])).toBe(0.5);
  });

  it('leave out utterances whose emotion is not known', () => {
    const found = confusion(['fear', null], ['fear', 'anger']);
    expect(found.classes).toEqual(['fear']);
    expect(uar(found)).toBe(1);
    expect(uar(['fear', null, 'anger'], ['fear', 'fear', 'fear'])).toBe(0.5);
  });

  it('are equal to each other when all classes have the same number of utterances', () => {
    const balanced = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
    const heard = ['a', 'b', 'b', 'b', 'd', 'c', 'a', 'b'];
    expect(uar(balanced, heard)).toBe(war(balanced, heard));
  });

  it('refuse lists of different length, an empty truth and an unknown class', () => {
    expect(code(() => uar(['a'], ['a', 'b']))).toBe('shape-mismatch');
    expect(code(() => uar([], []))).toBe('too-few-rows');
    expect(code(() => war([null], ['a']))).toBe('too-few-rows');
    expect(code(() => uar({ classes: ['a'], counts: new Int32Array(1) }))).toBe('too-few-rows');
    expect(code(() => war({ classes: [], counts: new Int32Array(0) }))).toBe('too-few-rows');
    expect(code(() => confusion(['a'], ['b'], ['a']))).toBe('unknown-class');
  });
});
