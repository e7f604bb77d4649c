/**
 * Preconditions of kernels: a call that breaks one traps in the debug build.
 */
import { describe, expect, test } from 'vitest';
import { gemm } from '../../../js/core/dense/gemm.js';
import {
  type Exports,
  runCodesStep,
  runCoordinateRows,
  runMultiply,
  runTransfer,
} from '../../../js/core/exports.js';
import { coreOf } from './cores.js';

/** Calls that are right but for what is named; each block of memory has 1 kB, of f32 or f64 zeros. */
const CALLS: readonly (readonly [broken: string, call: (e: Exports, at: number[]) => unknown])[] = [
  ['a negative size', (e, [x, y]) => e.dot(x, y, -1)],
  ['panels that are not aligned', (e, [x, y]) => e.packRows(x + 4, y, 3, 3, 3)],
  ['rows that are shorter than their values', (e, [x, y]) => e.packRows(x, y, 2, 3, 3)],
  ['rows from the middle of a panel', (e, [x, y]) => e.packSome(x, y, 3, 9, 3, 4, 5)],
  ['columns past the last', (e, [x, y]) => e.packColumns(x, y, 3, 3, 3, 2, 2)],
  ['columns from the middle of a tile', (e, [x, y, z]) => e.gramColumns(x, y, 9, 3, 8, 9, z)],
  [
    'an unknown form of the small operand',
    (e, [out, panels, small, scratch]) => gemm(e, { out, panels, small, form: 3, M: 2, R: 2, K: 2, scratch }),
  ],
  [
    'a symmetric product that is not square',
    (e, [out, panels, small, scratch]) =>
      gemm(e, { out, panels, small, M: 1, R: 2, K: 2, symmetric: 1, scratch }),
  ],
  [
    'rows of a result that overlap',
    (e, [out, A, B, scratch]) => {
      const sizes = { M: 2, R: 2, K: 2, alpha: 1, add: 0, lower: 0, scratch };
      runMultiply(e, { out, ldo: 1, A, aRow: 2, aCol: 1, B, bRow: 2, bCol: 1, ...sizes });
    },
  ],
  ['a result in the place of an operand', (e, [x, y, z]) => e.affinityProduct(x, x + 4, y, y, z, 2, 2)],
  [
    'codes that are moved in place',
    (e, [C, x, y, scratch]) => {
      const rows = {
        out: C,
        C,
        P: x,
        den: y,
        WC: x,
        degree: x,
        group: x,
        label: x,
        pull: x,
        push: x,
        curve: x,
        size: x,
        H: x,
      };
      const rest = { N: 2, r: 2, c: 1, lambda: 0, beta: 0, own: 1, other: 1, stats: y + 512, scratch };
      runCodesStep(e, { ...rows, ...rest });
    },
  ],
  [
    'no sweep at all',
    (e, [x, num, B, scratch]) => {
      const rest = { rows: 1, r: 1, floor: 0, limit: 0, enough: 0.1, stats: B + 512, scratch };
      runCoordinateRows(e, { x, num, B, inverse: B, ...rest });
    },
  ],
  [
    'a task without a target',
    (e, [pull, push, diagonal, sums]) => {
      const rest = { sizes: sums + 512, r: 1, c: 1, sources: 1, targets: 0, alpha: 1, gamma: 1 };
      runTransfer(e, { pull, push, diagonal, sums, ...rest });
    },
  ],
  ['as many neighbours as rows', (e, [x, y, z, u]) => e.nearest(x, y, z, z, u, 2, 1, 2)],
  ['more eigenvalues than rows', (e, [x, y, z]) => e.tridiagonalValues(x, 3, 0, y, z, 2)],
  ['rows that are no multiple of four', (e, [x, y, z]) => e.rowsTimes(x, y, z, 3, 2)],
  ['a negative weight', (e, [x, y, z]) => e.discrepancy(x, y, z, 1, 1, 1, 1, -1)],
  ['a draw from nothing', (e) => e.below(0)],
];

describe('the debug build traps at', () => {
  test.each(CALLS)('%s', (_broken, call) => {
    const { exports: e } = coreOf('debug');
    const at = Array.from({ length: 5 }, () => e.alloc(1024));
    expect(() => call(e, at)).toThrow(/unreachable/);
  });
});
