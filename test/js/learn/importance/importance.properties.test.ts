import { describe, expect, test } from 'vitest';
import { linearSvm } from '../../../../js/entries/index.js';
import {
  kliep as kliepMethod,
  kmm as kmmMethod,
  load,
  ulsif as ulsifMethod,
} from '../../../../js/entries/methods.js';
import { whole as satnmf } from '../../contract/whole.js';
import { Distances, principalGram } from '../../../../js/learn/importance/distances.js';
import {
  gaussian,
  evenlySpaced,
  squaredDistances,
  type Table,
} from '../../../../js/learn/importance/kernel.js';
import { fitRatio, ratioProblem, leaveOneOutError } from '../../../../js/methods/ulsif/least-squares.js';
import { maximiseLikelihood } from '../../../../js/methods/kliep/likelihood.js';
import { matchMeans, sumSlack, meanMatch } from '../../../../js/methods/kmm/mean-matching.js';
import { unitMean } from '../../../../js/learn/importance/importance-weighting.js';
import { leastProduct, project, type Slab } from '../../../../js/methods/kmm/slab.js';
import { pairOf } from '../../contract/corpora.js';
import { coreOf } from '../../../assembly/core/cores.js';
import { rng } from '../../../reference/kernels/random.js';
import { exactGram, range } from './stored.js';

const { exports } = coreOf('release');
const random = rng(11, 7);
const normal = (): number => random.normal();

/** Source and target rows around different means; `repeat` makes some source rows equal. */
function problem(n: number, m: number, d: number, repeat = false) {
  const rows = [
    ...range(0, n).map(() => range(0, d).map(normal)),
    ...range(0, m).map(() => range(0, d).map(() => 0.7 + 0.6 * normal())),
  ];
  if (repeat) for (let i = 1; i < n; i += 3) rows[i] = rows[i - 1];
  const gram = exactGram(rows);
  const kernel = (a: number[], b: number[], sigma: number): Table =>
    gaussian(squaredDistances(gram, n + m, a, b), sigma, exports);
  return { rows, gram, kernel, source: range(0, n), target: range(n, n + m) };
}

/** A point of the box and the slab. */
function feasible(count: number, { bound, low, high }: Slab): Float64Array {
  const point = Float64Array.from({ length: count }, () => bound * random.uniform64() ** 3);
  const sum = point.reduce((a, b) => a + b, 0);
  if (sum > high) return point.map((value) => (value * high) / sum);
  // Towards the corner in which all is at its bound.
  const share = sum < low ? (low - sum) / (count * bound - sum) : 0;
  return point.map((value) => value + share * (bound - value));
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

const SLABS: Slab[] = [
  { bound: 1000, low: 2, high: 20 },
  { bound: 1.5, low: 9.9, high: 10.1 },
  { bound: 1, low: 0, high: 0.5 },
  { bound: 1, low: 10, high: 30 },
  { bound: 3, low: 7, high: 7 },
];

describe('the box and the slab', () => {
  test.each(SLABS)(
    'the projection is feasible and no feasible point is nearer ($bound, $low, $high)',
    (slab) => {
      for (let trial = 0; trial < 30; trial++) {
        const z = Float64Array.from({ length: 10 }, () => 4 * normal() * slab.bound ** 0.5);
        const p = new Float64Array(10);
        project(z, slab, p);
        const sum = p.reduce((a, b) => a + b, 0);
        expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...p)).toBeLessThanOrEqual(slab.bound);
        expect(sum).toBeGreaterThan(slab.low - 1e-12 * (1 + slab.low));
        expect(sum).toBeLessThan(slab.high + 1e-12 * (1 + slab.high));
        // The nearest point: every other one lies on the far side of the plane through it.
        for (let k = 0; k < 20; k++) {
          const q = feasible(10, slab);
          const angle = dot(
            z.map((value, i) => value - p[i]),
            q.map((value, i) => value - p[i]),
          );
          expect(angle).toBeLessThan(1e-9 * (1 + dot(z, z)));
        }
      }
    },
  );

  test.each(SLABS)('no feasible point has a smaller product ($bound, $low, $high)', (slab) => {
    for (let trial = 0; trial < 30; trial++) {
      const g = Float64Array.from({ length: 10 }, normal);
      const least = leastProduct(g, slab);
      for (let k = 0; k < 20; k++) expect(dot(g, feasible(10, slab))).toBeGreaterThan(least - 1e-9);
    }
  });
});

describe('KMM', () => {
  test.each([
    [17, 13, 1, 0.8, 1000, false],
    [30, 40, 4, 2, 1000, true],
    [25, 9, 3, 0.3, 2, false],
    [12, 30, 2, 5, 1.0001, true],
  ])(
    'keeps its constraints, and nothing feasible is better by more than its gap (n %i, m %i, d %i, sigma %f, B %f, repeated rows: %s)',
    async (n, m, d, sigma, bound, repeat) => {
      const { kernel, source, target } = problem(n, m, d, repeat);
      const K = kernel(source, source, sigma);
      const kappa = meanMatch(kernel(source, target, sigma));
      const slack = sumSlack(n);
      const { weights, objective, gap, iterations } = await matchMeans(K, kappa, { bound, slack });
      const sum = weights.reduce((a, b) => a + b, 0);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...weights)).toBeLessThanOrEqual(bound);
      expect(Math.abs(sum - n)).toBeLessThan(n * slack * (1 + 1e-12));
      expect(gap).toBeLessThanOrEqual(1e-9 * Math.abs(objective));
      expect(iterations).toBeLessThan(20000);
      const value = (b: Float64Array): number =>
        b.reduce((s, x, i) => s + x * (0.5 * dot(b, K.data.subarray(i * n, (i + 1) * n)) - kappa[i]), 0);
      expect(Math.abs(value(weights) - objective)).toBeLessThan(1e-9 * Math.abs(objective));
      const slab = { bound, low: n * (1 - slack), high: n * (1 + slack) };
      for (let k = 0; k < 50; k++) {
        // Any point, and points near the solution.
        const other = feasible(n, slab);
        const near = weights.map((w, i) => w + 0.01 * (other[i] - w));
        for (const point of [other, near]) expect(value(point)).toBeGreaterThan(objective - gap - 1e-12);
      }
    },
  );

  test('tells its listener and waits for it', async () => {
    const { kernel, source, target } = problem(30, 20, 2);
    const kappa = meanMatch(kernel(source, target, 3));
    const seen: number[] = [];
    const solved = await matchMeans(kernel(source, source, 3), kappa, {
      bound: 1000,
      slack: sumSlack(30),
      onCheck: async (iteration, objective) => {
        await Promise.resolve();
        seen.push(iteration);
        expect(objective).toBeLessThan(0);
      },
    });
    expect(seen.at(-1)).toBe(solved.iterations);
  });
});

describe('KLIEP', () => {
  test.each([
    [20, 30, 1, 0.3],
    [40, 25, 3, 1],
    [30, 60, 5, 6],
    [10, 40, 2, 0.05],
  ])(
    'never falls, keeps its constraints and its certificate (n %i, m %i, d %i, sigma %f)',
    (n, m, d, sigma) => {
      const { kernel, source, target } = problem(n, m, d);
      const [atSource, atTarget] = [kernel(source, target, sigma), kernel(target, target, sigma)];
      const climb = (extrapolate: boolean) => {
        const steps: number[] = [];
        const solved = maximiseLikelihood(atSource, atTarget, exports, {
          extrapolate,
          maxIterations: 400,
          onStep: (objective) => steps.push(objective),
        });
        if (solved === null) throw new Error('no density');
        steps.forEach((objective, i) => i > 0 && expect(objective).toBeGreaterThan(steps[i - 1] - 1e-13));
        expect(solved.objective).toBe(steps.at(-1));
        return solved;
      };
      const [plain, fast] = [climb(false), climb(true)];
      expect(Math.abs(plain.objective - fast.objective)).toBeLessThanOrEqual(plain.gap + fast.gap);
      expect(fast.gap).toBeLessThanOrEqual(plain.gap);
      for (const { coefficients, weights, objective, gap } of [plain, fast]) {
        expect(Math.min(...coefficients)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((a, b) => a + b, 0) / n).toBeCloseTo(1, 12);
        for (let k = 0; k < 50; k++) {
          // Any ratio with a mean of 1 over the source.
          const a = Float64Array.from({ length: m }, () => random.uniform64() ** 4);
          const masses = range(0, n).map((i) => dot(a, atSource.data.subarray(i * m, (i + 1) * m)));
          const mean = masses.reduce((s, x) => s + x, 0) / n;
          const logs = range(0, m).map((j) =>
            Math.log(dot(a, atTarget.data.subarray(j * m, (j + 1) * m)) / mean),
          );
          expect(logs.reduce((s, x) => s + x, 0) / m).toBeLessThan(objective + gap + 1e-12);
        }
      }
    },
  );

  test('says that there is no ratio where no source row is near a centre', () => {
    const { kernel, source, target } = problem(10, 10, 3);
    expect(
      maximiseLikelihood(kernel(source, target, 1e-4), kernel(target, target, 1e-4), exports),
    ).toBeNull();
  });
});

describe('uLSIF', () => {
  test.each([
    [12, 9, 2, 0.7, 0.01],
    [8, 15, 1, 2, 1],
    [20, 20, 4, 1.5, 0.1],
  ])(
    'has the leave-one-out error of naive refits (n %i, m %i, d %i, sigma %f, ridge %f)',
    (n, m, d, sigma, ridge) => {
      const { kernel, source, target } = problem(n, m, d);
      const centres = target.slice(0, 7);
      let naive = 0;
      const pairs = Math.min(n, m);
      for (let i = 0; i < pairs; i++) {
        const refit = ratioProblem(
          kernel(
            source.filter((row) => row !== source[i]),
            centres,
            sigma,
          ),
          kernel(
            target.filter((row) => row !== target[i]),
            centres,
            sigma,
          ),
        );
        const { coefficients } = fitRatio(refit, ridge);
        const at = (row: number): number => dot(coefficients, kernel([row], centres, sigma).data);
        naive += (0.5 * at(source[i]) ** 2 - at(target[i])) / pairs;
      }
      const whole = ratioProblem(kernel(source, centres, sigma), kernel(target, centres, sigma));
      expect(Math.abs(leaveOneOutError(whole, ridge) - naive)).toBeLessThan(1e-10 * (1 + Math.abs(naive)));
    },
  );
});

test('every estimator moves the mean of the source to that of the target', async () => {
  const [n, m] = [80, 60];
  const { rows, gram } = problem(n, m, 1);
  const distances = new Distances(gram, n, m, exports);
  const { within, across } = distances.matching();
  const { source, target } = distances.centred(m);
  const at = (table: Table): Table => distances.kernel(table, 0.5 * distances.median);
  const estimates = {
    kmm: (await matchMeans(at(within), meanMatch(at(across)), { bound: 10, slack: 0.1 })).weights,
    kliep: maximiseLikelihood(at(source), at(target), exports)?.weights ?? new Float64Array(n),
    ulsif: fitRatio(ratioProblem(at(source), at(target)), 0.01).weights,
  };
  const mean = (of: readonly number[], weights: Float64Array): number =>
    of.reduce((sum, row, i) => sum + weights[i] * rows[row][0], 0) / weights.reduce((sum, w) => sum + w, 0);
  const wanted = mean(range(n, n + m), new Float64Array(m).fill(1));
  const before = Math.abs(mean(range(0, n), new Float64Array(n).fill(1)) - wanted);
  expect(before).toBeGreaterThan(0.4);
  for (const [name, weights] of Object.entries(estimates))
    expect(Math.abs(mean(range(0, n), weights) - wanted), name).toBeLessThan(0.5 * before);
});

test('weights are scaled to a mean of 1 over the labelled rows', () => {
  expect(unitMean(Float64Array.of(1, 8, 3), Int32Array.of(0, -1, 2))).toEqual(Float64Array.of(0.5, 4, 1.5));
  expect(unitMean(Float64Array.of(0, 8, 0), Int32Array.of(0, -1, 2))).toBeNull();
});

test('centres are spread evenly, and are all rows where there are few', () => {
  expect([...evenlySpaced(10, 4)]).toEqual([0, 2, 5, 7]);
  expect([...evenlySpaced(3, 100)]).toEqual([0, 1, 2]);
});

test('all principal components together have the distances of the features', async () => {
  const core = await load();
  const { rows } = problem(9, 8, 3);
  const gram = exactGram(rows);
  const squares = (of: ArrayLike<number>): Float64Array =>
    squaredDistances(Float64Array.from(of), 17, range(0, 17), range(0, 17)).data;
  const exact = squares(gram);
  const [all, one] = [3, 1].map((count) => squares(principalGram(core, Float32Array.from(gram), 17, count)));
  all.forEach((square, i) => expect(Math.abs(square - exact[i])).toBeLessThan(1e-5));
  // Fewer components shorten every distance.
  one.forEach((square, i) => expect(square).toBeLessThan(exact[i] + 1e-5));
});

describe('the methods', () => {
  const { source, target, fresh } = pairOf(satnmf);

  test.each([
    ['kliep', kliepMethod({ width: 'median', widthFactor: 1e-3 })],
    ['ulsif', ulsifMethod({ width: 'median', widthFactor: 1e-3 })],
  ])(
    '%s weighs all rows the same, and says so, where the kernel is too narrow to tell',
    async (name, method) => {
      const model = await method.fit({ source, target });
      const plain = await linearSvm().fit({ source, target });
      expect(model.warnings).toEqual([`${name} found no weight above 0: all rows weigh the same`]);
      expect(model.classify(fresh)).toEqual(plain.classify(fresh));
    },
  );

  test('kmm under a kernel that tells no two rows from each other weighs all rows the same', async () => {
    const narrow = await kmmMethod({ widthFactor: 1e-3 }).fit({ source, target });
    const plain = await linearSvm().fit({ source, target });
    const [a, b] = [narrow.classify(fresh), plain.classify(fresh)];
    expect(a.emotions).toEqual(b.emotions);
    a.margins.forEach((margin, i) => expect(margin).toBeCloseTo(b.margins[i], 6));
  });

  test.each([
    ['kmm', kmmMethod({ pca: 2 })],
    ['kliep', kliepMethod({ pca: 2 })],
    ['ulsif', ulsifMethod({ pca: 2 })],
  ])('%s takes its distances among principal components if asked to', async (name, method) => {
    const model = await method.fit({ source, target });
    const other = await method.with({ pca: 0 }).fit({ source, target });
    expect(model.warnings).toEqual([]);
    expect(model.classify(fresh).margins).not.toEqual(other.classify(fresh).margins);
    expect(model.method).toBe(name);
  });

  test('names the classes that the weights leave without a row', async () => {
    // The target is one row of sadness again and again, all others far away from it.
    const far = satnmf.corpus({
      ...target,
      features: satnmf.matrix(
        23,
        11,
        Float32Array.from({ length: 23 * 11 }, (_, at) => source.features.data[at % 11]),
      ),
    });
    const model = await kmmMethod({ normalize: 'none', widthFactor: 0.01 }).fit({ source, target: far });
    expect(model.warnings).toEqual(['kmm leaves no row of anger, neutral any weight: it is never said']);
    expect(new Set(model.predict(fresh))).toEqual(new Set(['sadness']));
  });
});
