import { describe, expect, it } from 'vitest';
import { at, fromRows, tabulate } from './dense.js';
import { gemmNN, gemmNT, gemmTN } from './gemm.js';
import { scaleRatio } from './scale-ratio.js';

describe('gemm', () => {
  const A = fromRows([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const B = fromRows([
    [7, 8],
    [9, 10],
    [11, 12],
  ]);

  it('multiplies a worked example in all three forms', () => {
    expect([...gemmNN(A, B).data]).toEqual([58, 64, 139, 154]);
    expect([...gemmTN(B, B).data]).toEqual([251, 278, 278, 308]);
    expect([...gemmNT(A, A).data]).toEqual([14, 32, 32, 77]);
  });

  it('gives zeros for an empty inner size and nothing for an empty outer one', () => {
    const empty = tabulate(2, 0, () => 1);
    expect([...gemmNT(empty, empty).data]).toEqual([0, 0, 0, 0]);
    expect(gemmTN(empty, A)).toMatchObject({ rows: 0, cols: 3 });
  });

  it('refuses inner sizes that differ', () => {
    expect(() => gemmNN(A, A)).toThrow('cannot multiply 2 x 3 by 2 x 3');
  });
});

describe('scaleRatio', () => {
  it('multiplies by the quotient and guards the denominator', () => {
    const x = fromRows([[2, 3, 0, 5, 1]]);
    const num = fromRows([[4, 0, 7, 0, 1e-31]]);
    const den = fromRows([[8, 2, 0, 0, 0]]);
    const y = scaleRatio(x, num, den);
    expect([...y.data.slice(0, 4)]).toEqual([1, 0, 0, 0]);
    expect(at(y, 0, 4)).toBeCloseTo(0.1, 14);
    expect(at(scaleRatio(x, num, den, 0.5), 0, 4)).toBeCloseTo(2e-31, 40);
  });
});
