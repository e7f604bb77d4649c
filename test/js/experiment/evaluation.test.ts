import { describe, expect, it } from 'vitest';
import { corpus } from '../../../js/data/corpus.js';
import { evaluate, pairOf, score } from '../../../js/experiment/evaluation.js';
import type { FitOptions, Method, Model, Task } from '../../../js/contract/method.js';

const table = (name: string, emotion: (string | null)[]) =>
  corpus({
    name,
    features: { rows: emotion.length, cols: 1, data: Float32Array.from(emotion, (_, i) => i) },
    emotion,
  });

describe('score', () => {
  it('gives UAR, WAR, recalls and the confusion matrix', () => {
    const truth = ['a', 'a', 'a', 'b', null];
    expect(score(truth, ['a', 'a', 'b', 'a', 'c'], ['a', 'b', 'c'])).toEqual({
      uar: (2 / 3 + 0) / 2,
      war: 0.5,
      recalls: [2 / 3, 0, null],
      confusion: [
        [2, 1, 0],
        [1, 0, 0],
        [0, 0, 0],
      ],
    });
  });
});

describe('pairOf', () => {
  it('keeps the rows with common emotions', () => {
    const { sources, target, classes } = pairOf(
      table('s', ['a', 'b', 'c', null]),
      table('t', ['c', 'x', 'b', 'b']),
    );
    expect(classes).toEqual(['b', 'c']);
    expect([[...sources[0].features.data], [...target.features.data]]).toEqual([
      [1, 2],
      [0, 2, 3],
    ]);
  });

  it('refuses pairs with no or one emotion in common', () => {
    expect(() => pairOf(table('s', ['a', 'b']), table('t', ['c']))).toThrow('no emotion in common');
    expect(() => pairOf(table('s', ['a', 'b']), table('t', ['a']))).toThrow('at least two emotions');
  });
});

describe('evaluate', () => {
  /** A method that says the same of every row, and keeps what it was handed. */
  function constant(said: string[], seen: { task?: Task; options?: FitOptions }): Method {
    const options = { preset: 'robust', weight: 3 };
    const model = { predict: () => said, iterations: [4], warnings: [] } as unknown as Model;
    return {
      name: 'constant',
      options,
      with: () => constant(said, seen),
      fit: (task, how) => {
        Object.assign(seen, { task, options: how });
        return Promise.resolve(model);
      },
    };
  }

  it('hands the method a target without emotions, and reports what it said', async () => {
    const seen: { task?: Task } = {};
    const pair = pairOf(table('s', ['a', 'b']), table('t', ['a', 'b', 'b']));
    const { evaluation } = await evaluate(constant(['b', 'b', 'b'], seen), pair);
    expect(Object.keys(seen.task?.target as object).sort()).toEqual([
      'columns',
      'features',
      'file',
      'name',
      'speaker',
    ]);
    expect(evaluation).toEqual({
      method: 'constant',
      preset: 'robust',
      options: { preset: 'robust', weight: 3 },
      uar: 0.5,
      war: 2 / 3,
      recalls: [0, 1],
      confusion: [
        [0, 1],
        [0, 2],
      ],
      iterations: [4],
      predictions: ['b', 'b', 'b'],
      scored: 3,
    });
  });

  it('refuses a method that does not speak of every row', async () => {
    const pair = pairOf(table('s', ['a', 'b']), table('t', ['a', 'b']));
    await expect(evaluate(constant(['a'], {}), pair)).rejects.toMatchObject({ code: 'shape-mismatch' });
  });
});
