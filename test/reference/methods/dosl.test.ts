import { describe, expect, test } from 'vitest';
import { at, multiply, transpose } from '../kernels/dense.js';
import { byCoordinates, byMultipliers, dualBound, rowSparseObjective } from './dosl.js';
import { distance, matrixDistance, stored } from '../golden.js';
import { GOLDEN_TARGET, REGRESSIONS } from './stored-regression.js';

describe('the twin of DoSL', () => {
  test.each(REGRESSIONS)('reproduces the minimum of case %i of the golden file', (_, task, one) => {
    const C = byCoordinates(task);
    expect(Math.abs(rowSparseObjective(task, C) / one.obj - 1)).toBeLessThan(1e-9);
    expect(Math.abs(rowSparseObjective(task, stored(one.C)) / one.obj - 1)).toBeLessThan(1e-9);
    expect(one.obj - dualBound(task, C)).toBeLessThan(1e-9 * one.obj);
    const said = multiply(transpose(C), GOLDEN_TARGET);
    const winners = Array.from({ length: said.cols }, (_, j) => {
      const column = Array.from({ length: said.rows }, (_, k) => at(said, k, j));
      return column.indexOf(Math.max(...column));
    });
    expect(winners).toEqual(one.pred);
  });

  test.each(REGRESSIONS)('reproduces five iterations of the multipliers in case %i', (_, task, { ialm5 }) => {
    const { kappa0: kappa, rho, kappaMax } = ialm5;
    const found = byMultipliers(task, { kappa, rho, kappaMax }, 5);
    expect(matrixDistance(found[4].C, ialm5.C)).toBeLessThan(1e-9);
    const trace = found.map(({ C, apart }) => [rowSparseObjective(task, C), apart]);
    expect(distance(trace.flat(), ialm5.trace.flat())).toBeLessThan(1e-9);
  });

  test.each(REGRESSIONS)(
    'comes to the same minimum by multipliers of constant penalty, in case %i',
    (_, task, one) => {
      const [last] = byMultipliers(task, { kappa: 1, rho: 1, kappaMax: 1 }, 3000).slice(-1);
      expect(Math.abs(rowSparseObjective(task, last.C) / one.obj - 1)).toBeLessThan(1e-9);
    },
  );
});
