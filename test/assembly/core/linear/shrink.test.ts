import { describe, expect, test } from 'vitest';
import { BUILDS, coreOf } from '../cores.js';
import { atTheEnd, expectNear } from '../memory.js';
import { combinations, uniforms } from '../values.js';

/** The pass of the kernel in plain numbers; C (d x c) and R (c x m) are changed. */
function shrink(
  C: Float64Array,
  R: Float64Array,
  A: Float64Array,
  index: Int32Array,
  m: number,
  c: number,
  half: number,
): void {
  for (const i of index) {
    const a = A.subarray(i * m, (i + 1) * m);
    const square = a.reduce((sum, value) => sum + value * value, 0);
    if (square === 0) continue;
    const z = Array.from({ length: c }, (_, k) =>
      a.reduce((sum, value, j) => sum + value * R[k * m + j], square * C[i * c + k]),
    );
    const size = Math.sqrt(z.reduce((sum, value) => sum + value * value, 0));
    for (let k = 0; k < c; k++) {
      const change = (size > half ? (1 - half / size) * (z[k] / square) : 0) - C[i * c + k];
      C[i * c + k] += change;
      for (let j = 0; j < m; j++) R[k * m + j] -= change * a[j];
    }
  }
}

describe.each(BUILDS)('shrinkRows (%s build)', (build) => {
  const core = coreOf(build);

  test('takes each row to its minimum in turn, leaves the others and rows of zeros alone, at every edge', () => {
    const d = 6;
    for (const [m, c, half] of combinations([1, 2, 3, 4, 5, 7, 8, 9, 33], [1, 2, 3, 5], [0, 0.3, 1e9])) {
      const index = Int32Array.from([[], [4], [0, 2, 3, 5]][(m + c) % 3]);
      const next = uniforms(m + 10 * c);
      const values = (length: number) => Float64Array.from({ length }, () => 2 * next() - 1);
      const [A, C, R] = [values(d * m), values(d * c), values(c * m)];
      A.fill(0, 3 * m, 4 * m);
      const square = Float64Array.from({ length: d }, (_, i) =>
        A.subarray(i * m, (i + 1) * m).reduce((sum, value) => sum + value * value, 0),
      );
      const [expectedC, expectedR] = [C.slice(), R.slice()];
      shrink(expectedC, expectedR, A, index, m, c, half);
      atTheEnd(core, (memory) => {
        const [own, residual] = [memory.inout(C, 2), memory.inout(R, 2)];
        memory.e.shrinkRows(
          own.at,
          residual.at,
          memory.input(A, 2).at,
          memory.input(square, 2).at,
          memory.input(index).at,
          index.length,
          m,
          c,
          half,
          memory.scratch(8 * c),
        );
        expectNear(own.values, expectedC, 1e-12, 'C');
        expectNear(residual.values, expectedR, 1e-12, 'R');
        if (half === 1e9) for (const i of index) if (i !== 3) expect(own.values[i * c] === 0).toBe(true);
      });
    }
  });
});
