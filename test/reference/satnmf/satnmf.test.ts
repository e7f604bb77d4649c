import { describe, expect, it } from 'vitest';
import { columnSquares, multiply } from '../kernels/dense.js';
import {
  type StoredMatrix,
  distance,
  factorTolerance,
  matrixDistance,
  readGolden,
  stored,
} from '../golden.js';
import {
  type Factors,
  type Kkt,
  type Parts,
  type Problem,
  factorise,
  gradients,
  kkt,
  kktInvariant,
  objective,
  objectiveInvariant,
  objectivePaper,
  parts,
  problem,
} from './satnmf.js';

interface Snapshot {
  iter: number;
  U: StoredMatrix;
  H: StoredMatrix;
  V: StoredMatrix;
}

interface MuSnapshot extends Snapshot {
  parts: Parts;
  J: number;
  Jpaper: number;
  kkt: Kkt;
}

interface Case {
  tag: string;
  dataset: 'base' | 'zero';
  yt: number[];
  params: {
    alpha: number;
    beta: number;
    lam: number;
    gam: number;
    power: 1 | 2;
    pos?: number;
    neg?: number;
  };
  J0parts: Parts;
  kkt0: Kkt;
  mu: MuSnapshot[];
  trace: number[];
  grad0?: { U: StoredMatrix; H: StoredMatrix; V: StoredMatrix };
  hals?: { floor: number; snaps: Snapshot[]; trace: number[] };
  scale_invariant?: { snaps: Snapshot[]; trace: number[] };
}

interface GoldenSatnmf {
  c: number;
  ys: number[];
  base: { X: StoredMatrix; W: StoredMatrix };
  zero: { X: StoredMatrix; W: StoredMatrix };
  U0: StoredMatrix;
  H0: StoredMatrix;
  V0: StoredMatrix;
  cases: Case[];
}

const golden = readGolden<GoldenSatnmf>('satnmf');
const start: Factors = { U: stored(golden.U0), H: stored(golden.H0), V: stored(golden.V0) };

function problemOf({ dataset, yt, params }: Case): Problem {
  const { lam: lambda, gam: gamma, ...rest } = params;
  const { X, W } = golden[dataset];
  return problem({ X: stored(X), W: stored(W), ys: golden.ys, yt, c: golden.c, lambda, gamma, ...rest });
}

function expectFactors(actual: Factors, expected: Omit<Snapshot, 'iter'>, tolerance: number): void {
  for (const block of ['U', 'H', 'V'] as const)
    expect(matrixDistance(actual[block], expected[block]), block).toBeLessThanOrEqual(tolerance);
}

/** Every entry of a trace within the tolerance of its iteration, relative to itself. */
function expectTrace(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((J, t) =>
    expect(distance([actual[t]], [J]), `iteration ${t}`).toBeLessThanOrEqual(factorTolerance(t)),
  );
}

/** Named numbers, each relative to itself. */
function expectNumbers<T extends object>(actual: T, expected: T, tolerance: number): void {
  for (const key of Object.keys(expected) as (keyof T & string)[])
    expect(distance([actual[key] as number], [expected[key] as number]), key).toBeLessThanOrEqual(tolerance);
}

const named = (cases: readonly Case[]): (readonly [string, Case])[] => cases.map((c) => [c.tag, c] as const);

describe('satnmf against the golden numbers', () => {
  it('has all nine cases', () => expect(golden.cases).toHaveLength(9));

  it.each(named(golden.cases))('%s: the parts of J and the residual at the start', (_, c) => {
    const p = problemOf(c);
    expectNumbers(parts(p, start), c.J0parts, 1e-12);
    expectNumbers(kkt(p, start), c.kkt0, 1e-12);
  });

  it.each(named(golden.cases))('%s: plain MU after 1, 10 and 100 iterations, and its trace', (_, c) => {
    const p = problemOf(c);
    expect(c.mu.map(({ iter }) => iter)).toEqual([1, 10, 100]);
    for (const snapshot of c.mu) {
      const tolerance = factorTolerance(snapshot.iter);
      const f = factorise(p, start, { iterations: snapshot.iter });
      expectFactors(f, snapshot, tolerance);
      expectNumbers(parts(p, f), snapshot.parts, tolerance);
      const { J, Jpaper } = snapshot;
      expectNumbers({ J: objective(p, f), Jpaper: objectivePaper(p, f) }, { J, Jpaper }, tolerance);
      expectNumbers(kkt(p, f), snapshot.kkt, tolerance);
    }
    expectTrace(factorise(p, start, { iterations: 100 }).trace, c.trace);
  });

  it.each(named(golden.cases.filter((c) => c.grad0)))('%s: the gradients at the start', (_, c) => {
    expectFactors(gradients(problemOf(c), start), c.grad0!, 1e-12);
  });

  it.each(named(golden.cases.filter((c) => c.hals)))('%s: HALS in the stored order', (_, c) => {
    const p = problemOf(c);
    for (const snapshot of c.hals!.snaps)
      expectFactors(
        factorise(p, start, { iterations: snapshot.iter, update: 'hals' }),
        snapshot,
        factorTolerance(snapshot.iter),
      );
    expectTrace(factorise(p, start, { iterations: 10, update: 'hals' }).trace, c.hals!.trace);
  });

  it.each(named(golden.cases.filter((c) => c.scale_invariant)))('%s: scale-invariant MU', (_, c) => {
    const p = problemOf(c);
    for (const snapshot of c.scale_invariant!.snaps)
      expectFactors(
        factorise(p, start, { iterations: snapshot.iter, scale: 'invariant' }),
        snapshot,
        factorTolerance(snapshot.iter),
      );
    expectTrace(factorise(p, start, { iterations: 100, scale: 'invariant' }).trace, c.scale_invariant!.trace);
  });
});

describe('the scale treatments', () => {
  const p = problemOf(golden.cases[0]);

  it('"end" leaves the products alone and makes the columns of U unit', () => {
    const plain = factorise(p, start, { iterations: 20 });
    const ended = factorise(p, start, { iterations: 20, scale: 'end' });
    expect(distance(multiply(ended.U, ended.V).data, multiply(plain.U, plain.V).data)).toBeLessThanOrEqual(
      1e-14,
    );
    expect(distance(multiply(ended.H, ended.V).data, multiply(plain.H, plain.V).data)).toBeLessThanOrEqual(
      1e-14,
    );
    for (const square of columnSquares(ended.U)) expect(square).toBeCloseTo(1, 13);
    expect(ended.trace).toEqual(plain.trace);
  });

  it('"invariant" agrees with J at unit columns, and its residual with that of J where rho is 0', () => {
    const f = factorise(p, start, { iterations: 20, scale: 'invariant' });
    expect(distance([objectiveInvariant(p, f)], [objective(p, f)])).toBeLessThanOrEqual(1e-13);
    const free: Problem = { ...p, lambda: 0, gamma: 0 };
    expectNumbers(kktInvariant(free, f), kkt(free, f), 1e-13);
  });
});
