/**
 * random-problem: small problems for property tests, every kind of data and every option among them.
 *
 * @module
 */
import fc from 'fast-check';
import { type Dense, multiply, tabulate } from '../kernels/dense.js';
import { heatGraph } from '../kernels/graph.js';
import { type Factors, type Problem, problem } from './objective.js';
import { type Rng, rng, uniformMatrix } from '../kernels/random.js';

/** The paper's grid of alpha, beta, lambda and gamma. */
export const PAPER_GRID = [0.01, 0.1, 0.5, 1, 5, 10, 50, 100, 1000] as const;

/** What a problem is drawn from; the seed fixes every entry. */
export interface Recipe {
  readonly seed: number;
  readonly d: number;
  readonly n: number;
  readonly m: number;
  readonly r: number;
  readonly c: number;
  readonly k: number;
  readonly data: 'uniform' | 'low-rank' | 'sparse' | 'with-zeros' | 'duplicates';
  readonly sigma: 'meanpair' | 'meanknn' | 'local';
  readonly alpha: number;
  readonly beta: number;
  readonly lambda: number;
  readonly gamma: number;
  readonly pos: number;
  readonly neg: number;
  readonly power: 1 | 2;
  readonly unlabelled: boolean;
}

/** Weights of the grid; zero (a term switched off) one time in six. */
const weight = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PAPER_GRID) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** Recipes with d <= 12, N <= 14, r <= 5, c <= 3. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  d: fc.integer({ min: 1, max: 12 }),
  n: fc.integer({ min: 1, max: 7 }),
  m: fc.integer({ min: 1, max: 7 }),
  r: fc.integer({ min: 1, max: 5 }),
  c: fc.integer({ min: 1, max: 3 }),
  k: fc.integer({ min: 1, max: 6 }),
  data: fc.constantFrom('uniform', 'low-rank', 'sparse', 'with-zeros', 'duplicates'),
  sigma: fc.constantFrom('meanpair', 'meanknn', 'local'),
  alpha: weight,
  beta: weight,
  lambda: weight,
  gamma: weight,
  pos: fc.constantFrom(0.001, 1),
  neg: fc.constantFrom(1, 1, 0.5),
  power: fc.constantFrom(1, 2),
  unlabelled: fc.boolean(),
});

function dataOf(random: Rng, { data, d, n, m, r }: Recipe): Dense {
  const N = n + m;
  const X = uniformMatrix(random, d, N);
  switch (data) {
    case 'uniform':
      return X;
    case 'low-rank': {
      const rank = 1 + random.below(r);
      return multiply(uniformMatrix(random, d, rank), uniformMatrix(random, rank, N));
    }
    case 'sparse':
      return tabulate(d, N, (i, j) => (random.below(10) < 7 ? 0 : X.data[i * N + j]));
    case 'with-zeros': {
      const row = random.below(d);
      const column = random.below(N);
      return tabulate(d, N, (i, j) => (i === row || j === column ? 0 : X.data[i * N + j]));
    }
    case 'duplicates':
      return tabulate(d, N, (i, j) => X.data[i * N + (j % Math.ceil(N / 2))]);
  }
}

/** The problem of a recipe, with positive uniform factors to start from. */
export function build(recipe: Recipe): { p: Problem; start: Factors } {
  const random = rng(recipe.seed, 7);
  const { d, n, m, r, c, k, sigma, unlabelled } = recipe;
  const X = dataOf(random, recipe);
  const ys = Array.from({ length: n }, () => (unlabelled && random.below(3) === 0 ? -1 : random.below(c)));
  const yt = Array.from({ length: m }, () => random.below(c));
  const W = heatGraph(X, k, sigma).W;
  const positive = (rows: number, cols: number): Dense => tabulate(rows, cols, () => random.uniform32());
  const start: Factors = { U: positive(d, r), H: positive(c, r), V: positive(r, n + m) };
  return { p: problem({ ...recipe, X, ys, yt, W }), start };
}
