import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Descent, Factors } from '../../../../js/learn/factor/descent.js';
import { Factorization } from '../../../../js/learn/factor/factorization.js';
import { rowGroups } from '../../../../js/learn/factor/corpus-class-groups.js';
import type { Graph } from '../../../../js/core/samples/graph.js';
import { pack } from '../../../../js/core/samples/samples.js';
import { matrix } from '../../../../js/data/matrix.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { stored } from '../../../reference/golden.js';
import { type Problem, factorise, problem } from '../../../reference/satnmf/satnmf.js';
import { type RowMajor, type Stored, rowMajor, transposed } from '../../../assembly/core/svm/stored.js';

interface Snap {
  iter: number;
  U: Stored;
  H: Stored;
  V: Stored;
}
/** One parameter set of test/golden/satnmf.json with its stored runs. */
interface Case {
  tag: string;
  dataset: 'base' | 'zero';
  yt: number[];
  params: {
    alpha: number;
    beta: number;
    lam: number;
    gam: number;
    pos?: number;
    neg?: number;
    power?: 1 | 2;
  };
  kkt0: { U: number; H: number; V: number };
  trace: number[];
  mu: (Snap & { J: number; Jpaper: number })[];
  scale_invariant?: { snaps: Snap[]; trace: number[] };
}
interface Golden {
  d: number;
  n: number;
  m: number;
  c: number;
  r: number;
  ys: number[];
  base: { X: Stored; W: Stored };
  zero: { X: Stored; W: Stored };
  U0: Stored;
  H0: Stored;
  V0: Stored;
  cases: Case[];
}
const golden = JSON.parse(readFileSync('test/golden/satnmf.json', 'utf8')) as Golden;

const START = { U: stored(golden.U0), H: stored(golden.H0), V: stored(golden.V0) };

function problemOf({ dataset, yt, params }: Case): Problem {
  const { lam: lambda, gam: gamma, ...rest } = params;
  const { X, W } = golden[dataset];
  return problem({ X: stored(X), W: stored(W), ys: golden.ys, yt, c: golden.c, lambda, gamma, ...rest });
}

function sparse(W: Stored): Graph {
  const N = W.rows;
  const start = new Int32Array(N + 1);
  const column: number[] = [];
  const weight: number[] = [];
  const degree = new Float32Array(N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++)
      if (W.data[i * N + j] !== 0) {
        column.push(j);
        weight.push(W.data[i * N + j]);
        degree[i] += W.data[i * N + j];
      }
    start[i + 1] = column.length;
  }
  // 2 N k entries fit: k is as large as the densest row
  return {
    neighbours: N,
    start,
    column: Int32Array.from(column),
    weight: Float32Array.from(weight),
    degree,
    sigma: 0,
  };
}

function difference(got: Float32Array, expected: ArrayLike<number>): number {
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < got.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    worst = Math.max(worst, Math.abs(got[i] - expected[i]));
  }
  return worst / largest;
}

function expectFactors(got: Factors, snap: Record<'U' | 'H' | 'V', RowMajor>, tolerance: number): void {
  expect(difference(got.U, snap.U.data)).toBeLessThan(tolerance);
  expect(difference(got.H, snap.H.data)).toBeLessThan(tolerance);
  expect(difference(got.C, transposed(snap.V))).toBeLessThan(tolerance);
}

const TOLERANCE: Record<number, number> = { 1: 1e-5, 5: 1e-4, 10: 1e-4, 100: 1e-3 };

describe.each(BUILDS)('factorization (%s build)', (build) => {
  const core = coreOf(build);

  /** A factorisation of a golden case, two trials side by side when asked: both must be the same. */
  function start(item: Case, change: Partial<Descent>, parts = 1): Factorization {
    const X = transposed(golden[item.dataset].X);
    const { n, m, d, c, r } = golden;
    const source = matrix(n, d, X.slice(0, n * d));
    const target = matrix(m, d, X.slice(n * d));
    const p = item.params;
    const descent: Descent = {
      r,
      alpha: p.alpha,
      beta: p.beta,
      lambda: p.lam,
      gamma: p.gam,
      pos: p.pos ?? 0.001,
      neg: p.neg ?? 1,
      power: p.power ?? 1,
      update: 'mu',
      scale: 'end',
      ...change,
    };
    const f = new Factorization(
      pack(core, source, target),
      rowGroups(golden.ys, item.yt, c),
      c,
      sparse(golden[item.dataset].W),
      descent,
      parts,
    );
    const factors = {
      U: rowMajor(golden.U0),
      H: rowMajor(golden.H0),
      C: transposed(golden.V0),
    };
    for (let t = 0; t < parts; t++) f.put(t, factors);
    return f;
  }

  describe.each(golden.cases)('golden case $tag', (item) => {
    test('multiplicative updates follow the stored run', () =>
      core.scoped(() => {
        const f = start(item, {}, 2);
        const J0 = f.evaluate(0);
        expect(Math.abs(J0.total / item.trace[0] - 1)).toBeLessThan(1e-4);
        const kkt = f.residual(0);
        expect(Math.abs(kkt.U - item.kkt0.U)).toBeLessThan(1e-4);
        expect(Math.abs(kkt.V - item.kkt0.V)).toBeLessThan(1e-4);
        if (item.params.beta > 0) expect(Math.abs(kkt.H - item.kkt0.H)).toBeLessThan(1e-4);
        for (let i = 1; i <= 100; i++) {
          const [report, twin] = f.step();
          expect(twin).toEqual(report);
          expect(Math.abs(report.objective.total / item.trace[i] - 1)).toBeLessThan(1e-4);
          const snap = item.mu.find((s) => s.iter === i);
          if (!snap) continue;
          expectFactors(f.take(0), snap, TOLERANCE[i]);
          const { total, label, labelPaper } = f.evaluate(0);
          expect(Math.abs(total - snap.J) / snap.J).toBeLessThan(1e-4);
          expect(Math.abs(total - label + labelPaper - snap.Jpaper) / snap.Jpaper).toBeLessThan(1e-4);
        }
        const [a, b] = [f.take(0), f.take(1)];
        expect(a).toEqual(b);
      }));

    test.each(['end', 'invariant'] as const)(
      'coordinate descent follows its twin before it has momentum, scale %s',
      (scale) =>
        core.scoped(() => {
          const expected = factorise(problemOf(item), START, {
            iterations: 2,
            update: 'hals',
            a: 0.5,
            scale: scale === 'end' ? 'none' : scale,
          });
          const f = start(item, { update: 'accelerated-hals', scale });
          for (let i = 1; i <= 2; i++) {
            const [report] = f.step();
            const { U, H, V } = expected.counts[i - 1];
            expect(report.counts).toEqual([U, H, V]);
            expect(Math.abs(report.objective.total / expected.trace[i] - 1)).toBeLessThan(1e-4);
          }
          expectFactors(f.take(0), expected, 1e-4);
        }),
    );

    const { scale_invariant: invariant } = item;
    if (invariant)
      test('the scale-invariant rules follow the stored run', () =>
        core.scoped(() => {
          const f = start(item, { scale: 'invariant' });
          for (let i = 1; i <= 100; i++) {
            const [report] = f.step();
            expect(Math.abs(report.objective.total / invariant.trace[i] - 1)).toBeLessThan(1e-4);
            const snap = invariant.snaps.find((s) => s.iter === i);
            if (snap) expectFactors(f.take(0), snap, TOLERANCE[i]);
          }
        }));
  });
});
