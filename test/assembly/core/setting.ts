/**
 * Setting: a small random problem with its factors, both as the f64 twins and as the kernels want it.
 *
 * Everything is rounded to f32 first, so that both see the same numbers.
 *
 * @module
 */
import { runTransfer } from '../../../js/core/exports.js';
import { rowGroups } from '../../../js/learn/factor/corpus-class-groups.js';
import { dense, transpose } from '../../reference/kernels/dense.js';
import { heatGraph } from '../../reference/kernels/graph.js';
import { type Factors, type Problem, problem } from '../../reference/satnmf/objective.js';
import type { Memory } from './memory.js';
import { combinations, floats, sparsely, uniforms } from './values.js';

type Floats = Float32Array<ArrayBuffer>;

export interface Setting {
  readonly p: Problem;
  readonly factors: Factors;
  readonly ys: number[];
  readonly yt: number[];
  readonly alpha: number;
  readonly n: number;
  readonly m: number;
  readonly N: number;
  readonly d: number;
  readonly r: number;
  readonly c: number;
  /** Γ on a row's own class and on the others. */
  readonly own: number;
  readonly other: number;
  /** d x r, c x r, N x r. */
  readonly U: Floats;
  readonly H: Floats;
  readonly C: Floats;
}

/** λ, β and γ, each zero or not. */
export const SWITCHES = [...combinations([0, 0.5], [0, 10], [0, 5])] as [number, number, number][];

/**
 * A problem of up to 12 features and 17 rows: sparse data, equal rows, unlabelled rows on both sides,
 * classes that one side or both lack, dead atoms, all by chance.
 *
 * @param weights λ, β, γ
 */
export function settingOf(seed: number, [lambda, beta, gamma]: readonly number[]): Setting {
  const next = uniforms(seed);
  const upTo = (top: number): number => 1 + Math.floor(next() * top);
  const [n, m, d, r, c] = [upTo(9), upTo(8), upTo(12), upTo(9), upTo(4)];
  const N = n + m;
  const labels = (size: number): number[] =>
    Array.from({ length: size }, () => Math.floor(next() * (c + 1)) - 1);
  const [ys, yt] = [labels(n), labels(m)];
  const rows = seed % 3 === 0 ? sparsely(seed, floats(seed, N * d)) : floats(seed, N * d);
  if (seed % 5 === 0 && N > 1) rows.copyWithin((N - 1) * d, 0, d);
  const X = transpose(dense(N, d, rows));
  const graph = heatGraph(X, 3);
  const W = { ...graph.W, data: graph.W.data.map(Math.fround) };
  const alpha = [0, 0.5, 1, 10][seed % 4];
  const [pos, neg] = [
    [Math.fround(0.001), 1],
    [1, 1],
    [0.5, 0.25],
  ][seed % 3];
  const p = problem({ X, ys, yt, c, W, alpha, beta, lambda, gamma, pos, neg });
  const [U, H, C] = [floats(seed + 1, d * r), floats(seed + 2, c * r), floats(seed + 3, N * r)];
  // Now and then an atom without codes, or without features.
  if (seed % 7 === 3) for (let j = 0; j < N; j++) C[j * r] = 0;
  if (seed % 7 === 5) for (let i = 0; i < d; i++) U[i * r] = 0;
  const factors = { U: dense(d, r, U), H: dense(c, r, H), V: transpose(dense(N, r, C)) };
  return { p, factors, ys, yt, alpha, n, m, N, d, r, c, own: pos, other: neg, U, H, C };
}

/** The group of every row. */
export function groupsOf({ ys, yt, c }: Setting): Int32Array<ArrayBuffer> {
  return rowGroups(ys, yt, c).group as Int32Array<ArrayBuffer>;
}

/** The label of every row: those of the source. */
export function labelsOf({ ys, yt, c }: Setting): Int32Array<ArrayBuffer> {
  return rowGroups(ys, yt, c).label as Int32Array<ArrayBuffer>;
}

/**
 * What every row of a group receives in the V step, put together from the kernels as the host does:
 * MMD's pull and push, the labels' numerator, the curvature but for λ d_j.
 *
 * @param square UᵀU, r x r
 * @param size share of the regularisers that a row of V carries
 */
export function groupVectors(
  memory: Memory,
  s: Setting,
  square: Floats,
  size: Floats,
): { pull: Floats; push: Floats; curve: Floats; sizes: Float64Array<ArrayBuffer> } {
  const { e } = memory;
  const { r, c, N, p } = s;
  const G = 2 * c + 2;
  const [sums, sizes] = [memory.output(Float64Array, G * r), memory.output(Float64Array, G)];
  e.groupSums(sums.at, sizes.at, memory.input(s.C).at, memory.input(groupsOf(s)).at, N, r, G);
  const [pull, push] = [memory.output(Float32Array, G * r), memory.output(Float32Array, G * r)];
  const diagonal = memory.output(Float32Array, G);
  const { alpha } = s;
  const at = { pull: pull.at, push: push.at, diagonal: diagonal.at, sums: sums.at, sizes: sizes.at };
  runTransfer(e, { ...at, r, c, sources: 1, targets: 1, alpha, gamma: p.gamma });
  const own = diagonal.values;
  const shared = (values: Floats): Floats => values.map((value, at) => value * size[at % r]);
  const numerators = memory.inout(shared(pull.values));
  const curve = memory.inout(
    Float32Array.from({ length: G * r }, (_, at) => {
      const k = at % r;
      return square[k * r + k] + own[Math.floor(at / r)] * size[k];
    }),
  );
  if (p.beta > 0) e.labelVectors(numerators.at, curve.at, memory.input(s.H).at, c, r, p.beta, s.own, s.other);
  return { pull: numerators.values, push: shared(push.values), curve: curve.values, sizes: sizes.values };
}
