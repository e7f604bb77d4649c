import { describe, expect, test } from 'vitest';
import { Stopping } from '../../../../js/learn/factor/stopping.js';

const limits = { maxIterations: 100, tolerance: 1e-3, objectiveTolerance: 0.01 };

/** The iteration after which a run with these objectives and residuals stops; 0 if it does not. */
function stops(
  change: Partial<typeof limits>,
  objective: (iteration: number) => number,
  residual = (_: number) => 1,
): number {
  const stopping = new Stopping({ ...limits, ...change });
  for (let i = 1; i <= 200; i++)
    if (stopping.after(i, { objective: { total: objective(i) } as never, residual: residual(i) })) return i;
  return 0;
}

describe('a run stops', () => {
  test('at the last iteration that is allowed', () => {
    expect(stops({ maxIterations: 7 }, (i) => 1 / i)).toBe(7);
  });

  test('once the KKT residual is small enough', () => {
    expect(
      stops(
        {},
        (i) => 1 / i,
        (i) => (i === 3 ? 1e-3 : 1),
      ),
    ).toBe(3);
    expect(
      stops(
        { tolerance: 0, maxIterations: 50 },
        (i) => 1 / i,
        () => 1e-9,
      ),
    ).toBe(50);
  });

  test('once five iterations lower the objective by at most the tolerated part', () => {
    // Falls by 10 % an iteration up to the 20th, by 0.1 % after it.
    const objective = (i: number) => 0.9 ** Math.min(i, 20) * 0.999 ** Math.max(0, i - 20);
    expect(stops({}, objective)).toBe(25);
    expect(stops({ objectiveTolerance: 0.004 }, objective)).toBe(100);
    expect(stops({ objectiveTolerance: 0.42 }, objective)).toBe(10);
  });

  test('not for its objective before the tenth iteration, nor under a tolerance of 0', () => {
    expect(stops({}, () => 1)).toBe(10);
    expect(stops({ objectiveTolerance: 0, tolerance: 0 }, () => 1)).toBe(100);
  });
});
