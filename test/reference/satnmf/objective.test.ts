import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dense,
  columnSquares,
  copy,
  frobenius,
  multiply,
  timesColumns,
  timesRows,
} from '../kernels/dense.js';
import { distance } from '../golden.js';
import {
  type Factors,
  curvatures,
  curvaturesInvariant,
  factorise,
  gradients,
  gradientsInvariant,
  kktInvariant,
  normaliseColumns,
  objective,
  objectiveInvariant,
  sweepU,
  sweepV,
} from './satnmf.js';
import { regulariserRows } from './objective.js';
import { build, recipes } from './random-problem.js';

const blocks = ['U', 'H', 'V'] as const;

/** f with entry i of one block moved by h. */
function moved(f: Factors, block: (typeof blocks)[number], i: number, h: number): Factors {
  const A: Dense = copy(f[block]);
  A.data[i] += h;
  return { ...f, [block]: A };
}

describe('derivatives', () => {
  // Along one entry both J and Jt are exact quadratics, so central differences have no truncation error.
  it.each([
    ['J', objective, gradients, curvatures],
    ['Jt', objectiveInvariant, gradientsInvariant, curvaturesInvariant],
  ] as const)('gradient and curvature of %s agree with differences', (_, value, gradient, curvature) => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { p, start } = build(recipe);
        const h = 0.25;
        const J = value(p, start);
        const g = gradient(p, start);
        const q = curvature(p, start);
        for (const block of blocks)
          for (let i = 0; i < g[block].data.length; i++) {
            const above = value(p, moved(start, block, i, h));
            const below = value(p, moved(start, block, i, -h));
            const slack = 1e-12 * (above + below + 2 * J);
            expect(Math.abs((above - below) / (2 * h) - g[block].data[i])).toBeLessThanOrEqual(slack);
            expect(Math.abs((above - 2 * J + below) / (2 * h * h) - q[block].data[i])).toBeLessThanOrEqual(
              8 * slack,
            );
          }
      }),
      { numRuns: 50, seed: 4712 },
    );
  });
});

describe('the scale-invariant objective', () => {
  it('does not change when U is divided and V multiplied by any positive diagonal', () => {
    fc.assert(
      fc.property(
        recipes,
        fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (recipe, s) => {
          const { p, start } = build(recipe);
          const inverse = s.map((x) => 1 / x);
          const scaled: Factors = {
            U: timesColumns(start.U, inverse),
            H: timesColumns(start.H, inverse),
            V: timesRows(start.V, s),
          };
          expect(
            distance([objectiveInvariant(p, scaled)], [objectiveInvariant(p, start)]),
          ).toBeLessThanOrEqual(1e-12);
        },
      ),
      { numRuns: 200, seed: 4713 },
    );
  });

  it('is minimised in every coordinate by the sweeps: a second look finds no slope', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { p, start } = build(recipe);
        const f = normaliseColumns(start);
        // The last coordinate of a sweep is moved to its exact minimum, or to the floor.
        const last = <T extends 'U' | 'V'>(block: T, g: Factors): void => {
          const i = g[block].data.length - 1;
          const slope = gradientsInvariant(p, g)[block].data[i];
          const slack =
            1e-12 * (objectiveInvariant(p, start) + objectiveInvariant(p, g) + frobenius(p.X) ** 2);
          if (g[block].data[i] > 0) expect(Math.abs(slope)).toBeLessThanOrEqual(slack);
          else expect(slope).toBeGreaterThanOrEqual(-slack);
        };
        last('U', { ...f, U: sweepU(p, f, { floor: 0, rho: regulariserRows(p, f.V) }) });
        last('V', { ...f, V: sweepV(p, f, { floor: 0, weights: columnSquares(f.U) }) });
      }),
      { numRuns: 300, seed: 4714 },
    );
  });

  it('is driven to a stationary point by HALS, and is below MU after 50 iterations', () => {
    const { p, start } = build({
      seed: 1,
      d: 12,
      n: 7,
      m: 7,
      r: 3,
      c: 3,
      k: 3,
      data: 'uniform',
      sigma: 'meanpair',
      alpha: 1,
      beta: 10,
      lambda: 0.1,
      gamma: 100,
      pos: 1,
      neg: 1,
      power: 1,
      unlabelled: false,
    });
    const hals = factorise(p, start, { iterations: 800, update: 'hals', scale: 'invariant' });
    const mu = factorise(p, start, { iterations: 50, scale: 'invariant' });
    expect(kktInvariant(p, hals).max).toBeLessThan(1e-9);
    expect(hals.trace[50]).toBeLessThan(mu.trace[50]);
  });
});

describe('column norms', () => {
  it('leaves U V and H V alone, and a dead column at scale 1', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { start } = build(recipe);
        const dead: Factors = { ...start, U: timesColumns(start.U, [0, 1, 1, 1, 1]) };
        for (const f of [start, dead]) {
          const g = normaliseColumns(f);
          expect(distance(multiply(g.U, g.V).data, multiply(f.U, f.V).data)).toBeLessThanOrEqual(1e-14);
          expect(distance(multiply(g.H, g.V).data, multiply(f.H, f.V).data)).toBeLessThanOrEqual(1e-14);
        }
        const g = normaliseColumns(dead);
        for (let i = 0; i < recipe.d; i++) expect(g.U.data[i * recipe.r]).toBe(0);
        for (let j = 0; j < dead.V.cols; j++) expect(g.V.data[j]).toBe(dead.V.data[j]);
      }),
      { numRuns: 100, seed: 4715 },
    );
  });
});
