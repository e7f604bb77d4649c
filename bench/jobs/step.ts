/**
 * One iteration of a factorisation, on synthetic data: bench/subjects/step.ts.
 */
import {
  Factorization,
  type Factors,
  rowGroups,
  type RowGroups,
  type Update,
} from '../../js/learn/factor/index.js';
import { buildGraph, gram, type Graph, pack } from '../../js/core/samples/index.js';
import { load } from '../../js/core/index.js';
import { type Matrix, matrix } from '../../js/data/index.js';
import type { Operations } from '../runtimes.js';

export interface StepSizes {
  readonly N: number;
  readonly d: number;
  readonly r: number;
  readonly c: number;
}

/** Weights of the preset `paper`. */
export const WEIGHTS = {
  alpha: 1,
  beta: 100,
  lambda: 0.1,
  gamma: 10,
  pos: 0.001,
  neg: 1,
  power: 1,
  scale: 'end',
} as const;

/** Uniform in (0, 1), the same everywhere: a 32-bit generator by Lehmer. */
function uniform(rows: number, cols: number, seed: number): Matrix {
  const out = matrix(rows, cols);
  let state = seed;
  for (let i = 0; i < out.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out.data[i] = ((state >>> 8) + 0.5) * 2 ** -24;
  }
  return out;
}

/** What the step works on, for the peer to start from. */
export interface Problem {
  readonly X: Matrix;
  readonly groups: RowGroups;
  readonly graph: Graph;
  readonly start: Factors;
  readonly n: number;
}

let running: Factorization | undefined;

/** Puts a problem into a Core of its own and starts the descent from the problem's factors. */
export async function begin(
  { N, d, r, c }: StepSizes,
  update: Update = 'mu',
  wide = false,
): Promise<Problem> {
  const core = await load();
  if (wide) core.widen();
  const X = uniform(N, d, 1);
  const n = Math.floor(N / 2);
  const part = (from: number, to: number): Matrix => matrix(to - from, d, X.data.subarray(from * d, to * d));
  const samples = pack(core, part(0, n), part(n, N));
  const graph = core.scoped(() => buildGraph(samples, gram(samples), 5, 'mean-pair'));
  const classes = (rows: number): number[] => Array.from({ length: rows }, (_, i) => i % c);
  const groups = rowGroups(classes(n), classes(N - n), c);
  const start = {
    U: uniform(d, r, 2).data,
    H: uniform(c, r, 3).data,
    C: uniform(N, r, 4).data,
  };
  running = new Factorization(samples, groups, c, graph, { ...WEIGHTS, r, update }, 1);
  running.put(0, start);
  return { X, groups, graph, start, n };
}

export function iterate(): Factorization {
  if (running === undefined) throw new Error('prepare comes first.');
  running.step();
  return running;
}

export const operations: Operations = {
  prepare: async ({ wide = false, ...sizes }: StepSizes & { wide?: boolean }) => {
    await begin(sizes, 'mu', wide);
  },
  iterate: () => {
    iterate();
  },
};
