import { describe, expect, test } from 'vitest';
import { gaussian, medianDistance, squaredDistances } from '../../../js/methods/importance/kernel.js';
import { kmm, kmmSlack, meanMatch } from '../../../js/methods/importance/kmm.js';
import { coreOf } from '../../core/cores.js';
import { readGolden, type StoredMatrix } from '../../reference/golden.js';

interface Golden {
  readonly S: StoredMatrix;
  readonly T: StoredMatrix;
  readonly medianSigmaPooled: number;
  readonly kmm: readonly { sigma: number; B: number; eps: number; obj: number; lo: number; hi: number; beta: number[] }[];
}
const golden = readGolden<Golden>('importance');
const [n, m] = [golden.S.rows, golden.T.rows];
const { exports } = coreOf('release');
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const gram = (() => {
  const rows = [golden.S, golden.T].flatMap(({ rows, cols, data }) => range(0, rows).map((i) => data.slice(i * cols, (i + 1) * cols)));
  const N = n + m;
  return Float64Array.from({ length: N * N }, (_, at) => rows[Math.floor(at / N)].reduce((s, x, k) => s + x * rows[at % N][k], 0));
})();
const N = n + m;
test('median', () => {
  expect(medianDistance(gram, N)).toBeCloseTo(golden.medianSigmaPooled, 12);
});
describe('kmm', () => {
  test.each(golden.kmm)('$sigma $B', (c) => {
    const S = range(0, n), T = range(n, N);
    const K = gaussian(squaredDistances(gram, N, S, S), c.sigma, exports);
    const kappa = meanMatch(gaussian(squaredDistances(gram, N, S, T), c.sigma, exports));
    const r = kmm(K, kappa, { bound: c.B, slack: c.eps });
    console.log(r.objective, c.obj, r.objective - c.obj, r.gap, r.iterations, kmmSlack(n), c.eps);
    expect(Math.abs(r.objective - c.obj)).toBeLessThan(1e-8 * Math.abs(c.obj));
  });
});
import { kliep, kliepScore } from '../../../js/methods/importance/kliep.js';
import { ulsif, ulsifProblem, ulsifScore } from '../../../js/methods/importance/ulsif.js';
import { distance } from '../../reference/golden.js';
test('kliep', () => {
  const g = golden as any;
  const S = range(0, n), T = range(n, N);
  const at = (s: number): [any, any] => [gaussian(squaredDistances(gram, N, S, T), s, exports), gaussian(squaredDistances(gram, N, T, T), s, exports)];
  const tr: number[] = [];
  const r = kliep(...at(0.9), exports, {}, undefined, (o) => tr.push(o))!;
  console.log(r.objective - g.kliep.obj, r.gap, r.iterations, tr.slice(0, 6), g.kliep.em_first5, distance(r.weights, g.kliep.w));
  for (const [i, s] of g.kliep.cv.sigmas.entries()) for (const [tol, it] of [[1e-8,5000],[1e-6,5000],[1e-7,5000],[1e-5,5000],[1e-4,5000],[0,1000],[0,300],[0,2000],[0,500]]) console.log(s, tol, it, kliepScore(...at(s), exports, {tolerance: tol, maxIterations: it}) - g.kliep.cv.score[i]);
});
test('ulsif', () => {
  const g = golden as any;
  const S = range(0, n), T = range(n, N), C = range(n, n + 10);
  for (const c of g.ulsif.cases) {
    const p = ulsifProblem(gaussian(squaredDistances(gram, N, S, C), c.sigma, exports), gaussian(squaredDistances(gram, N, T, C), c.sigma, exports));
    const r = ulsif(p, c.lam);
    console.log(distance(r.coefficients, c.alpha), distance(r.weights, c.w), ulsifScore(p, c.lam) - c.loocv);
  }
});
