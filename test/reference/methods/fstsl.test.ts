import { describe, expect, test } from 'vitest';
import { multiply, transpose } from '../kernels/dense.js';
import { centring, subspaceObjective, subspacePasses } from './fstsl.js';
import { distance, matrixDistance, stored } from '../golden.js';
import { SUBSPACES } from './stored-subspace.js';

describe('the twin of FSTSL', () => {
  test.each(SUBSPACES)('reproduces case %i of the golden file', (_, problem, one) => {
    const passes = subspacePasses(problem, 20);
    for (const [pass, P] of [
      [0, one.P1],
      [19, one.P20],
    ] as const) {
      const expected = multiply(stored(P), transpose(stored(P)));
      expect(distance(multiply(passes[pass], transpose(passes[pass])).data, expected.data)).toBeLessThan(
        1e-8,
      );
    }
    const trace = passes.map((P) => subspaceObjective(problem, P));
    expect(distance(trace, one.trace)).toBeLessThan(1e-8);
    const codes = (P: typeof problem.X) => multiply(transpose(P), problem.X);
    const squares = (Z: typeof problem.X) => multiply(transpose(Z), Z);
    const shown = squares(stored(one.feat));
    expect(
      matrixDistance(squares(codes(passes[19])), { ...shown, data: Array.from(shown.data) }),
    ).toBeLessThan(1e-8);
  });

  test.each(SUBSPACES)('keeps the variance, and its objective never rises, in case %i', (_, problem) => {
    const passes = subspacePasses(problem, 20);
    for (const P of passes) {
      const Z = multiply(transpose(P), problem.X);
      const kept = multiply(multiply(Z, centring(problem.X.cols)), transpose(Z));
      for (let i = 0; i < problem.r; i++)
        for (let j = 0; j < problem.r; j++)
          expect(kept.data[i * problem.r + j]).toBeCloseTo(i === j ? 1 : 0, 9);
    }
    const trace = passes.map((P) => subspaceObjective(problem, P));
    for (let t = 1; t < 20; t++) expect(trace[t]).toBeLessThanOrEqual(trace[t - 1] * (1 + 1e-12));
  });
});
