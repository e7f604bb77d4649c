import { expect, test } from 'vitest';
import { coordinateDescent } from '../../../../../js/learn/svm/squared-hinge/coordinate.js';
import { newtonRows } from '../../../../../js/learn/svm/squared-hinge/newton.js';
import { rng } from '../../../../reference/kernels/random.js';
import { clouds, shuffler } from '../svm-problem.js';

// Only rows of more than 3071 features reach it by way of trainLinearSvm.
test('reaches the optimum of Newton’s method, certified, whatever the order of the rows', () => {
  for (let t = 0; t < 40; t++) {
    const { n, p, rows, labels } = clouds(rng(t, 30), 10 + t, 12 + 2 * t, 2, [0.3, 1, 4][t % 3]);
    const y = Float64Array.from(labels, (label) => (label === 0 ? 1 : -1));
    const costs = Float64Array.from(labels, (_, i) => [0.001, 0.1, 1][t % 3] * (1 + (i % 2)));
    const best = newtonRows({ n, p, rows, costs }, y, 1e-9).report;
    for (const seed of [1, 2]) {
      const { c, report } = coordinateDescent(rows, p, y, costs, 1e-6, shuffler(seed));
      expect(report.converged).toBe(true);
      expect(report.violation).toBeLessThanOrEqual(1e-6);
      expect(Math.abs(report.objective / best.objective - 1)).toBeLessThanOrEqual(1e-6);
      expect(c.every((value, i) => y[i] * value >= 0)).toBe(true);
    }
  }
});
