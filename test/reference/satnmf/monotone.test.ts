import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnSquares } from '../kernels/dense.js';
import { type FactoriseOptions, factorise } from './satnmf.js';
import { type Recipe, build, recipes } from './random-problem.js';

/** A rise of more than this, relative to the value before, is a fault (method.md, Tolerances of the tests). */
const TOLERANCE = 1e-12;

/**
 * Below this share of its starting value an objective is zero: a residual that vanishes in exact
 * arithmetic (a low-rank X without regulariser) is left with rounding of 1e-14 of the data.
 */
const ZERO = 1e-28;

/** The first iteration at which the trace rises or stops being finite; -1 if there is none. */
function firstRise(trace: readonly number[]): number {
  return trace.findIndex(
    (J, t) => !Number.isFinite(J) || (t > 0 && !(J <= trace[t - 1] * (1 + TOLERANCE) + ZERO * trace[0])),
  );
}

interface Run extends FactoriseOptions {
  readonly problems: number;
}

const runs: readonly (readonly [string, Run])[] = [
  ['J under MU', { problems: 1000, iterations: 10 }],
  ['J under HALS', { problems: 1000, iterations: 8, update: 'hals' }],
  ['Jt under MU', { problems: 1000, iterations: 10, scale: 'invariant' }],
  ['Jt under HALS', { problems: 1000, iterations: 8, scale: 'invariant', update: 'hals' }],
  ['J under accelerated HALS', { problems: 300, iterations: 4, update: 'hals', a: 0.5 }],
  ['Jt under accelerated HALS', { problems: 300, iterations: 4, scale: 'invariant', update: 'hals', a: 0.5 }],
  ['J under row-wise HALS', { problems: 300, iterations: 8, update: 'hals', codes: 'rows' }],
  [
    'Jt under row-wise HALS',
    { problems: 300, iterations: 8, scale: 'invariant', update: 'hals', codes: 'rows' },
  ],
];

describe('never rises over random problems', () => {
  it.each(runs)('%s', (_, { problems, ...options }) => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { p, start } = build(recipe);
        const { trace } = factorise(p, start, options);
        const t = firstRise(trace);
        if (t >= 0) throw new Error(`iteration ${t}: ${trace[t - 1]} became ${trace[t]}`);
      }),
      { numRuns: problems, seed: 4711 },
    );
  });

  it('notices a rise', () => {
    expect(firstRise([3, 2, 2, 2.1])).toBe(3);
    expect(firstRise([3, NaN])).toBe(1);
  });
});

describe('an atom that only a zero sample with a label wants', () => {
  // X has one sample that is not zero; the label term keeps some codes of the others alive, while the
  // columns of U that belong to them die.
  const recipe: Recipe = {
    ...{ seed: 2147483621, d: 1, n: 5, m: 1, r: 2, c: 2, k: 6, data: 'sparse', sigma: 'meanpair' },
    ...{ alpha: 100, beta: 1, lambda: 10, gamma: 0.1, pos: 1, neg: 1, power: 2 },
    unlabelled: false,
  };

  it.each([
    ['MU', { scale: 'invariant' }],
    ['HALS', { update: 'hals', scale: 'invariant' }],
  ] as const)('neither makes Jt rise nor H overflow in 1000 iterations of %s', (_, options) => {
    const { p, start } = build(recipe);
    const f = factorise(p, start, { ...options, iterations: 1000 });
    expect(firstRise(f.trace)).toBe(-1);
    expect(Math.min(...columnSquares(f.U))).toBe(0);
    expect(Math.max(...f.H.data)).toBeLessThan(1e10);
  });
});
