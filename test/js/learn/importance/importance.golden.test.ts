import { describe, expect, test } from 'vitest';
import {
  gaussian,
  medianDistance,
  squaredDistances,
  type Table,
} from '../../../../js/learn/importance/kernel.js';
import { fitRatio, ratioProblem, leaveOneOutError } from '../../../../js/methods/ulsif/least-squares.js';
import { maximiseLikelihood, heldOutLikelihood } from '../../../../js/methods/kliep/likelihood.js';
import { matchMeans, sumSlack, meanMatch } from '../../../../js/methods/kmm/mean-matching.js';
import { coreOf } from '../../../assembly/core/cores.js';
import { distance } from '../../../reference/golden.js';
import { exactGram, m, N, n, range, ROWS, STORED, wasmGram } from './stored.js';

const core = coreOf('release');
const { exports } = core;
const [SOURCE, TARGET] = [range(0, n), range(n, N)];

const PATHS = [
  { path: 'float64', gram: exactGram(ROWS), kmmNear: 1e-8, kliepNear: 1e-9, ulsifNear: 1e-10 },
  { path: 'wasm', gram: wasmGram(core), kmmNear: 1e-4, kliepNear: 1e-4, ulsifNear: 1e-4 },
];

describe.each(PATHS)('from $path inner products', ({ path, gram, kmmNear, kliepNear, ulsifNear }) => {
  const kernel = (rows: number[], cols: number[], sigma: number): Table =>
    gaussian(squaredDistances(gram, N, rows, cols), sigma, exports);

  test('the median distance is the stored one', () => {
    expect(Math.abs(medianDistance(gram, N) / STORED.medianSigmaPooled - 1)).toBeLessThan(ulsifNear);
  });

  test.each(STORED.kmm)('KMM reaches the stored objective (sigma $sigma, B $B, eps $eps)', async (stored) => {
    const { sigma, B, eps, obj } = stored;
    const kappa = meanMatch(kernel(SOURCE, TARGET, sigma));
    const { objective, gap } = await matchMeans(kernel(SOURCE, SOURCE, sigma), kappa, {
      bound: B,
      slack: eps,
    });
    expect(Math.abs(objective - obj)).toBeLessThan(kmmNear * Math.abs(obj));
    expect(gap).toBeLessThan(1e-8 * Math.abs(obj));
  });

  test('KLIEP takes the stored EM steps and reaches the stored objective', () => {
    const { sigma, obj, em_first5, w } = STORED.kliep;
    const [source, target] = [kernel(SOURCE, TARGET, sigma), kernel(TARGET, TARGET, sigma)];
    const steps: number[] = [];
    maximiseLikelihood(source, target, exports, {
      extrapolate: false,
      maxIterations: 5,
      onStep: (o) => steps.push(o),
    });
    expect(distance(steps, em_first5)).toBeLessThan(kliepNear);
    const solved = maximiseLikelihood(source, target, exports, { tolerance: 1e-11 });
    expect(Math.abs((solved?.objective ?? 0) - obj)).toBeLessThan(kliepNear);
    expect(distance(solved?.weights ?? [], w)).toBeLessThan(1e-4);
  });

  test('KLIEP gives the stored scores of cross-validation after as many EM steps', () => {
    const { sigmas, score } = STORED.kliep.cv;
    // What was stored had 2000 of them.
    const options = { extrapolate: false, tolerance: 0, maxIterations: 2001 };
    const found = sigmas.map((sigma) =>
      heldOutLikelihood(kernel(SOURCE, TARGET, sigma), kernel(TARGET, TARGET, sigma), exports, options),
    );
    // In float32 what is left out differs by what 2000 steps make of 1e-7.
    expect(distance(found, score)).toBeLessThan(path === 'wasm' ? 1e-4 : 1e-10);
  });

  test('uLSIF has the stored coefficients, weights and leave-one-out errors', () => {
    const centres = range(n, n + 10);
    for (const { sigma, lam, alpha, w, loocv } of STORED.ulsif.cases) {
      const problem = ratioProblem(kernel(SOURCE, centres, sigma), kernel(TARGET, centres, sigma));
      const { coefficients, weights } = fitRatio(problem, lam);
      expect(distance(coefficients, alpha)).toBeLessThan(ulsifNear);
      expect(distance(weights, w)).toBeLessThan(ulsifNear);
      expect(Math.abs(leaveOneOutError(problem, lam) - loocv)).toBeLessThan(
        ulsifNear * (1 + Math.abs(loocv)),
      );
    }
  });
});

test('the slack of KMM is that of the article', () => {
  expect(sumSlack(n)).toBeCloseTo(STORED.kmm[0].eps, 15);
  expect(STORED.kmm[0].lo).toBeCloseTo(n * (1 - sumSlack(n)), 12);
  expect(m).toBeGreaterThan(0);
});
