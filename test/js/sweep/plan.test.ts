import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../js/sweep/plan.js';

const minimal = { schemes: [{ name: 's', source: 'a.npy', target: 'b.npy' }], methods: ['svm'] };
const read = (change: object) => readPlan(JSON.stringify({ ...minimal, ...change }), 'plan.json');

describe('readPlan', () => {
  it('fills in what is left out', () => {
    expect(read({})).toEqual({
      corpora: {},
      schemes: minimal.schemes,
      methods: [{ method: 'svm', base: {}, axes: [] }],
      strategy: { kind: 'one-axis' },
      seeds: [1],
      sourceCv: null,
      traces: false,
    });
  });

  it('gives shared options to the methods that have them, and C the last place among the axes', () => {
    const [svm, satnmf] = read({
      options: { preset: 'paper', r: 8 },
      methods: [
        'svm',
        { method: 'satnmf', options: { r: 16 }, axes: { C: 'searched', neighbours: [1, 3, 3] } },
      ],
    }).methods;
    expect(svm.base).toEqual({ preset: 'paper' });
    expect(satnmf.base).toEqual({ preset: 'paper', r: 16 });
    expect(satnmf.axes).toEqual([
      ['neighbours', [1, 3]],
      ['C', [0.1, 0.5, 1, 5, 10, 50, 100]],
    ]);
  });

  it('knows the ranges of the paper', () => {
    const [{ axes }] = read({ methods: [{ method: 'satnmf', axes: 'searched' }] }).methods;
    expect(axes.map(([option, values]) => [option, values.length])).toEqual([
      ['r', 6],
      ['neighbours', 5],
      ['alpha', 9],
      ['beta', 9],
      ['lambda', 9],
      ['gamma', 9],
      ['C', 7],
    ]);
  });

  it.each([
    ['is not JSON', '{', 'plan.json: is not JSON'],
    ['has a misspelt field', { method: [] }, 'method'],
    ['has no scheme', { schemes: [] }, 'schemes'],
    ['has a method that there is not', { methods: ['satnfm'] }, 'Did you mean "satnmf"?'],
    [
      'has an option that its method has not',
      { methods: [{ method: 'svm', options: { r: 3 } }] },
      'no option "r"',
    ],
    ['has an option that no method has', { options: { rr: 3 } }, 'no option "rr"'],
    ['varies the seed', { methods: [{ method: 'svm', axes: { seed: [1] } }] }, 'no option "seed"'],
    ['has a value out of range', { methods: [{ method: 'svm', axes: { C: [1, -1] } }] }, '"C"'],
    [
      'asks for a range that was not searched',
      { methods: [{ method: 'svm', axes: { bias: 'searched' } }] },
      'was searched',
    ],
    ['has a seed twice', { seeds: [1, 1] }, '"seeds" has "1" twice'],
    [
      'selects by what it does not measure',
      { strategy: { kind: 'halving', points: 9, budget: 'trials', select: 'source-cv' } },
      '"sourceCv"',
    ],
  ])('refuses a plan that %s', (_, change, sentence) => {
    expect(() => (typeof change === 'string' ? readPlan(change, 'plan.json') : read(change))).toThrow(
      sentence,
    );
  });
});
