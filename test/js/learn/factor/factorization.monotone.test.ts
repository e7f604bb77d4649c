import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Factors, Report, Scale, Update } from '../../../../js/learn/factor/descent.js';
import { Factorization } from '../../../../js/learn/factor/factorization.js';
import { rowGroups } from '../../../../js/learn/factor/corpus-class-groups.js';
import type { Graph } from '../../../../js/core/samples/graph.js';
import { pack } from '../../../../js/core/samples/samples.js';
import { matrix } from '../../../../js/data/matrix.js';
import { type Dense, dense, sumOfSquares, transpose } from '../../../reference/kernels/dense.js';
import * as twin from '../../../reference/satnmf/objective.js';
import { type Recipe, build, recipes } from '../../../reference/satnmf/random-problem.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';

type Core = ReturnType<typeof coreOf>;

/** method.md, Tolerances of the tests: what a step may add to the objective, and how far the trace may be from it. */
const RISE = 1e-6;
const TRACE = 1e-4;

function rounded(A: Dense): Dense {
  return { ...A, data: A.data.map(Math.fround) };
}

/** W in compressed rows; `neighbours` large enough for the densest row. */
function graphOf(W: Dense): Graph {
  const N = W.rows;
  const start = new Int32Array(N + 1);
  const [column, weight]: [number[], number[]] = [[], []];
  const degree = new Float32Array(N);
  for (let i = 0; i < N; i++) {
    let sum = 0;
    for (let j = 0; j < N; j++)
      if (W.data[i * N + j] > 0) {
        column.push(j);
        weight.push(W.data[i * N + j]);
        sum += W.data[i * N + j];
      }
    degree[i] = sum;
    start[i + 1] = column.length;
  }
  return {
    neighbours: N,
    start,
    column: Int32Array.from(column),
    weight: Float32Array.from(weight),
    degree,
    sigma: 0,
  };
}

interface Start {
  p: twin.Problem;
  factors: Factors;
  graph: Graph;
}

/** All algorithms step the same problems: each is made once. */
const starts = new Map<string, Start>();

/** A recipe's problem in f32 numbers, its features times `size`, and the factors to start from. */
function startOf(recipe: Recipe, size: number): Start {
  const key = JSON.stringify([recipe, size]);
  const known = starts.get(key);
  if (known !== undefined) return known;
  const { p: wide, start } = build(recipe);
  const X = rounded({ ...wide.X, data: wide.X.data.map((x) => size * x) });
  const W = rounded(wide.W);
  const { ys, yt } = wide.mmd;
  const made = {
    p: twin.problem({ ...recipe, X, W, ys, yt, pos: Math.fround(recipe.pos) }),
    factors: {
      U: Float32Array.from(start.U.data),
      H: Float32Array.from(start.H.data),
      C: Float32Array.from(transpose(start.V).data),
    },
    graph: graphOf(W),
  };
  starts.set(key, made);
  return made;
}

/** The problem of a recipe ready to be stepped. */
function factorization(
  core: Core,
  recipe: Recipe,
  update: Update,
  scale: Scale,
  size = 1,
): { p: twin.Problem; f: Factorization } {
  const { n, m, d, r, c, alpha, beta, lambda, gamma, neg, power } = recipe;
  const { p, factors, graph } = startOf(recipe, size);
  const rows = Float32Array.from(transpose(p.X).data);
  const pos = Math.fround(recipe.pos);
  const f = new Factorization(
    pack(core, matrix(n, d, rows.slice(0, n * d)), matrix(m, d, rows.slice(n * d))),
    rowGroups(p.mmd.ys, p.mmd.yt, c),
    c,
    graph,
    { r, alpha, beta, lambda, gamma, pos, neg, power, update, scale },
    1,
  );
  f.put(0, factors);
  return { p, f };
}

function wideFactors({ U, H, C }: Factors, { d, n, m, r, c }: Recipe): twin.Factors {
  return { U: dense(d, r, U), H: dense(c, r, H), V: transpose(dense(n + m, r, C)) };
}

/** Throws unless the factors are finite and non-negative and the report's residual is finite. */
function expectFinite(factors: Factors, { residual }: Report, when: string): void {
  for (const [name, values] of Object.entries(factors) as [string, Float32Array][]) {
    const odd = values.find((x) => !(x >= 0 && x < Infinity));
    if (odd !== undefined) throw new Error(`${when}: ${name} holds ${odd}`);
  }
  if (!(residual >= 0 && residual < Infinity)) throw new Error(`${when}: the residual is ${residual}`);
}

/**
 * Steps a problem and checks every iteration: factors are finite and non-negative, J has not risen, the
 * trace is J. Both are measured against J or 1e-2 |X|², or where X is zero against the first J.
 */
function expectDescent(
  core: Core,
  recipe: Recipe,
  update: Update,
  scale: Scale,
  iterations: number,
  size = 1,
): void {
  core.scoped(() => {
    const objective = scale === 'invariant' ? twin.objectiveInvariant : twin.objective;
    const { p, f } = factorization(core, recipe, update, scale, size);
    let before = objective(p, wideFactors(f.take(0), recipe));
    const data = sumOfSquares(p.X);
    const least = data > 0 ? 1e-2 * data : before;
    for (let i = 1; i <= iterations; i++) {
      const [report] = f.step();
      const factors = f.take(0);
      expectFinite(factors, report, `iteration ${i}`);
      const J = objective(p, wideFactors(factors, recipe));
      if (!(J <= before + RISE * Math.max(before, least)))
        throw new Error(`iteration ${i}: J rose from ${before} to ${J}; |X|² is ${data}`);
      const { total } = report.objective;
      if (!(Math.abs(total - J) <= TRACE * Math.max(J, least)))
        throw new Error(`iteration ${i}: the trace says ${total}, J is ${J}; |X|² is ${data}`);
      before = J;
    }
  });
}

const ALGORITHMS: [Update, number][] = [
  ['mu', 6],
  ['accelerated-hals', 3],
];
const SCALES: Scale[] = ['end', 'invariant'];

/** Random problems a build: the debug build has the same bits (core.builds.test.ts), only its asserts are new. */
const PROBLEMS = { release: 1000, debug: 100 };

describe.each(BUILDS)('the objective never rises (%s build)', (build) => {
  const core = coreOf(build);

  describe.each(SCALES)('scale %s', (scale) => {
    test.each(ALGORITHMS)('%s: over many random problems', (update, iterations) => {
      fc.assert(
        fc.property(recipes, (recipe) => {
          expectDescent(core, recipe, update, scale, iterations);
        }),
        { numRuns: PROBLEMS[build], seed: 20191 },
      );
    });

    test.each(ALGORITHMS)('%s: over hundreds of iterations', (update, iterations) => {
      fc.assert(
        fc.property(recipes, (recipe) => {
          expectDescent(core, recipe, update, scale, 60 * iterations);
        }),
        { numRuns: 6, seed: 7 },
      );
    });

    test.each(ALGORITHMS)('%s: with raw features up to 100,000', (update, iterations) => {
      fc.assert(
        fc.property(recipes, (recipe) => {
          expectDescent(core, recipe, update, scale, iterations, 1e5);
        }),
        { numRuns: PROBLEMS[build] / 10, seed: 3 },
      );
    });
  });

  test.each(ALGORITHMS)('%s: all stays finite, also once the columns are scaled', (update, iterations) => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        core.scoped(() => {
          const { f } = factorization(core, recipe, update, 'end');
          for (let i = 1; i <= 2 * iterations; i++) {
            const [report] = f.step();
            expectFinite(f.take(0), report, `iteration ${i}`);
            if (i === 2 * iterations) expectFinite(f.retire(0).factors, report, 'at the end');
          }
        });
      }),
      { numRuns: PROBLEMS[build] / 5, seed: 5 },
    );
  });
});

describe('the random problems', () => {
  test('hold every kind of data, labels and weights', () => {
    const sample = fc.sample(recipes, { numRuns: PROBLEMS.release, seed: 20191 });
    const kinds = new Set(sample.map(({ data }) => data));
    expect([...kinds].sort()).toEqual(['duplicates', 'low-rank', 'sparse', 'uniform', 'with-zeros']);
    const absent = sample.filter((recipe) => {
      const { mmd, c } = build(recipe).p;
      return Array.from({ length: c }, (_, k) => k).some((k) => !mmd.ys.includes(k) || !mmd.yt.includes(k));
    });
    expect(absent.length).toBeGreaterThan(100);
    for (const name of ['beta', 'lambda', 'gamma', 'alpha'] as const)
      expect(sample.filter((recipe) => recipe[name] === 0).length).toBeGreaterThan(50);
    expect(sample.filter(({ r, d, n, m }) => r > Math.min(d, n + m)).length).toBeGreaterThan(50);
  });
});
