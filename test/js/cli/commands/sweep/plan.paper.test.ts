import { describe, expect, it } from 'vitest';
import { SCHEMES as TABLE2 } from '../../../../../js/experiment/schemes.js';
import { readPlan } from '../../../../../js/sweep/plan.js';
import { SEARCHED } from '../../../../../js/methods/registry.js';
import { CORPORA, METHODS, planOf, SCHEMES, spreadOver } from '../../../../../scripts/paper-plan.mjs';

const corpora = Object.fromEntries(CORPORA.map((name) => [name, `${name}.npy`]));
const schemes = Object.keys(SCHEMES);
const plan = (how: object = {}) =>
  readPlan(JSON.stringify(planOf({ searched: SEARCHED, corpora, schemes, ...how })), 'plan.json');
const axes = ({ methods }: ReturnType<typeof plan>, name: string) =>
  Object.fromEntries(methods.find(({ method }) => method === name)?.axes ?? []);

describe('the plan of the paper', () => {
  it('has its schemes, its methods, and all values that it searched', () => {
    const whole = plan();
    expect(whole.methods.map(({ method }) => method)).toEqual(METHODS);
    expect(axes(whole, 'satnmf')).toEqual(SEARCHED['satnmf']);
    expect(axes(whole, 'dbn')).toEqual(SEARCHED['dbn']);
    expect(whole).toMatchObject({
      schemes: TABLE2,
      seeds: [1, 2, 3],
      strategy: { kind: 'one-axis' },
      traces: true,
    });
    const pairs = TABLE2.map(({ name, source, target }) => [name, [source, target]]);
    expect(SCHEMES).toEqual(Object.fromEntries(pairs));
  });

  it('takes a smaller budget: fewer values of every axis, fewer seeds, options of the base', () => {
    const less = plan({ values: 3, seeds: [7], options: { trials: 1 }, methods: ['svm', 'tnmf'] });
    expect(axes(less, 'tnmf')).toEqual({
      r: [32, 128, 512],
      neighbours: [1, 5, 15],
      lambda: [0.1, 5, 100],
      gamma: [0.1, 5, 100],
      C: [0.5, 5, 50],
    });
    expect(less.seeds).toEqual([7]);
    expect(less.methods.map(({ base }) => base)).toEqual([
      { preset: 'paper' },
      { preset: 'paper', trials: 1 },
    ]);
  });

  it('takes one for a trial run, with models that are small', () => {
    const quick = plan({ quick: true });
    expect(axes(quick, 'satnmf')['r']).toEqual([16, 64]);
    expect(quick.methods.every((one) => one.axes.every(([, values]) => values.length === 2))).toBe(true);
    expect(quick.methods.find(({ method }) => method === 'dbn')).toMatchObject({
      axes: [],
      base: { epochs: 2 },
    });
    const set = plan({ quick: true, options: { trials: 3 }, methods: ['svm', 'snmf'] });
    expect(set.methods.map(({ base }) => base)).toEqual([
      { preset: 'paper' },
      { preset: 'paper', r: 32, trials: 3, maxIterations: 20 },
    ]);
  });
});

it('spreadOver takes the middle of each part', () => {
  expect(spreadOver([1, 2, 3, 4, 5, 6, 7, 8, 9], 1)).toEqual([5]);
  expect(spreadOver([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([2, 5, 8]);
  expect(spreadOver([1, 2], 5)).toEqual([1, 2]);
});
