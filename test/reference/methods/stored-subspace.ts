/** The golden problems of FSTSL. */
import type { SubspaceProblem } from './fstsl.js';
import { readGolden, stored, type StoredMatrix } from '../golden.js';

interface Case {
  readonly X: StoredMatrix;
  readonly W: StoredMatrix;
  readonly n: number;
  readonly mu: number;
  readonly delta: number;
  readonly eps: number;
  readonly r: number;
  readonly ys: readonly number[];
  readonly supervised: boolean;
  readonly P1: StoredMatrix;
  readonly P20: StoredMatrix;
  readonly trace: readonly number[];
  readonly feat: StoredMatrix;
}

export const SUBSPACES = readGolden<{ cases: readonly Case[] }>('fstsl').cases.map((one, t) => {
  const { n, mu, delta, eps, r } = one;
  const problem: SubspaceProblem = { X: stored(one.X), W: stored(one.W), n, mu, delta, eps, r };
  return [t, problem, one] as const;
});
