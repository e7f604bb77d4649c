/**
 * hals: exact coordinate descent on the same objectives (method.md, Coordinate descent).
 *
 * Each coordinate x moves to max(floor, x - g/q), g half the partial derivative and q half the second
 * one, in the order: columns of U; rows i then entries k of H; rows k then entries j of V. Coordinates
 * with q = 0 are left alone.
 *
 * The floor is eps0 for J and 0 for Jt. A positive floor is not scale-invariant: a column of U that sits
 * on it would be blown up to unit norm, H divided by 1e-16 with it, and the floor of V would then weigh
 * 1e16 times as much in H V; Jt rises by dozens of orders of magnitude on such problems. With the floor
 * at 0 nothing sticks: a dead column of U comes back from a live row of V, and the other way round.
 *
 * @module
 */
import {
  type Dense,
  at,
  columnSquares,
  copy,
  frobenius,
  hadamard,
  multiply,
  put,
  subtract,
  tabulate,
  transpose,
} from '../kernels/dense.js';
import { mmdDiagonalBound } from '../kernels/mmd.js';
import { rescale } from './multiplicative.js';
import { type Factors, type Problem, regulariserRows } from './objective.js';

/** The floor of a factor's entries when J is descended. */
export const EPS0 = 1e-16;

/** What a sweep may be told. */
export interface SweepOptions {
  /** No entry falls below it. Default eps0. */
  readonly floor?: number;
  /** Of Jt only: rho_k on the diagonal of the U block. */
  readonly rho?: Float64Array;
  /** Of Jt only: |u_k|^2, the weight of row k of the regulariser (1 for a unit column). */
  readonly weights?: Float64Array;
}

/**
 * A sweep over the columns of U, A = X V^T, B = V V^T:
 * u_k <- max(eps0, u_k + (A_k - U B_k - rho_k u_k) / (B_kk + rho_k)), k = 0 … r-1, newest columns.
 * rho is absent but for Jt, whose U block gains diag(rho).
 */
export function sweepU(p: Problem, { U: U0, V }: Factors, { floor = EPS0, rho }: SweepOptions = {}): Dense {
  const U = copy(U0);
  const A = multiply(p.X, transpose(V));
  const B = multiply(V, transpose(V));
  const r = U.cols;
  for (let k = 0; k < r; k++) {
    const extra = rho === undefined ? 0 : rho[k];
    const q = at(B, k, k) + extra;
    if (q === 0) continue;
    for (let i = 0; i < U.rows; i++) {
      let UB = 0;
      for (let l = 0; l < r; l++) UB += at(U, i, l) * at(B, l, k);
      const u = at(U, i, k);
      put(U, i, k, Math.max(floor, u + (at(A, i, k) - UB - extra * u) / q));
    }
  }
  return U;
}

/**
 * A sweep over the rows of H, for row i G = V diag(Gam_i) V^T and b = V (Gam_i∘Y_i)^T:
 * h_ik <- max(eps0, h_ik + (b_k - h_i·G_k) / G_kk). H itself if beta = 0.
 */
export function sweepH(p: Problem, { H: H0, V }: Factors, { floor = EPS0 }: SweepOptions = {}): Dense {
  if (p.beta === 0) return H0;
  const H = copy(H0);
  const r = H.cols;
  for (let i = 0; i < H.rows; i++) {
    const weighted = tabulate(r, V.cols, (k, j) => at(V, k, j) * at(p.Gam, i, j));
    const G = multiply(weighted, transpose(V));
    for (let k = 0; k < r; k++) {
      const q = at(G, k, k);
      if (q === 0) continue;
      let b = 0;
      for (let j = 0; j < V.cols; j++) b += at(weighted, k, j) * at(p.Y, i, j);
      let hG = 0;
      for (let l = 0; l < r; l++) hG += at(H, i, l) * at(G, l, k);
      put(H, i, k, Math.max(floor, at(H, i, k) + (b - hG) / q));
    }
  }
  return H;
}

/** U^T X + beta H^T (Gam∘Y), r x N. */
function pullOfV(p: Problem, U: Dense, H: Dense): Dense {
  const UtX = multiply(transpose(U), p.X);
  const HtY = multiply(transpose(H), hadamard(p.Gam, p.Y));
  return tabulate(UtX.rows, UtX.cols, (k, j) => at(UtX, k, j) + p.beta * at(HtY, k, j));
}

/** For every sample j, B_j = U^T U + beta H^T diag(Gam_j) H, r x r. */
function gramsOfV(p: Problem, U: Dense, H: Dense): Dense[] {
  const UtU = multiply(transpose(U), U);
  return Array.from({ length: p.X.cols }, (_, j) =>
    tabulate(U.cols, U.cols, (k, l) => {
      let sum = 0;
      for (let i = 0; i < p.c; i++) sum += at(p.Gam, i, j) * at(H, i, k) * at(H, i, l);
      return at(UtU, k, l) + p.beta * sum;
    }),
  );
}

/** Half the derivative by v_kj; row k of the regulariser carries `weight`. */
function slopeOfV(p: Problem, V: Dense, T: Dense, Bj: Dense, k: number, j: number, weight: number): number {
  let g = -at(T, k, j);
  for (let l = 0; l < V.rows; l++) g += at(Bj, k, l) * at(V, l, j);
  let VL = p.D[j] * at(V, k, j);
  let VM = 0;
  for (let i = 0; i < V.cols; i++) {
    VL -= at(p.W, i, j) * at(V, k, i);
    VM += at(p.M, i, j) * at(V, k, i);
  }
  return g + weight * (p.lambda * VL + p.gamma * VM);
}

/**
 * A sweep over the entries of V, k outer, j inner, exact in each:
 * q = (B_j)_kk + |u_k|^2 (lambda d_jj + gamma M_jj), |u_k|^2 read as 1 for J.
 */
export function sweepV(
  p: Problem,
  { U, H, V: V0 }: Factors,
  { floor = EPS0, weights }: SweepOptions = {},
): Dense {
  const V = copy(V0);
  const T = pullOfV(p, U, H);
  const B = gramsOfV(p, U, H);
  for (let k = 0; k < V.rows; k++) {
    const weight = weights === undefined ? 1 : weights[k];
    for (let j = 0; j < V.cols; j++) {
      const q = at(B[j], k, k) + weight * (p.lambda * p.D[j] + p.gamma * at(p.M, j, j));
      if (q === 0) continue;
      put(V, k, j, Math.max(floor, at(V, k, j) - slopeOfV(p, V, T, B[j], k, j, weight) / q));
    }
  }
  return V;
}

/**
 * The row-wise alternative: row k of V moves as a whole, with lambda L majorised by 2 lambda D and M by
 * its diagonal bound m: q_j = (B_j)_kk + 2 lambda d_jj + gamma m_j. Monotone, not exact.
 */
export function sweepVRows(
  p: Problem,
  { U, H, V: V0 }: Factors,
  { floor = EPS0, weights }: SweepOptions = {},
): Dense {
  const V = copy(V0);
  const T = pullOfV(p, U, H);
  const B = gramsOfV(p, U, H);
  const m = mmdDiagonalBound(p.mmd);
  for (let k = 0; k < V.rows; k++) {
    const weight = weights === undefined ? 1 : weights[k];
    const slopes = Array.from({ length: V.cols }, (_, j) => slopeOfV(p, V, T, B[j], k, j, weight));
    for (let j = 0; j < V.cols; j++) {
      const q = at(B[j], k, k) + weight * (2 * p.lambda * p.D[j] + p.gamma * m[j]);
      if (q === 0) continue;
      put(V, k, j, Math.max(floor, at(V, k, j) - slopes[j] / q));
    }
  }
  return V;
}

/** How often a block is repeated (method.md, Repeated steps). */
export interface Acceleration {
  /** Inner limit floor(1 + a rho). Default 0: one step. */
  readonly a?: number;
  /** Leave once a step is shorter than delta times the first. Default 0.1. */
  readonly delta?: number;
  /** Never more inner steps than this. Default 50. */
  readonly cap?: number;
}

/** Inner steps taken by the three blocks of one outer iteration. */
export interface InnerCounts {
  readonly U: number;
  readonly H: number;
  readonly V: number;
}

/**
 * Most inner steps of each block: rho_U = 1 + (dN + Nr)/(d(r+1)), rho_V = 1 + (dN + dr)/(N(r+1)); H has
 * the limit of U.
 */
export function innerLimits(
  d: number,
  N: number,
  r: number,
  { a = 0, cap = 50 }: Acceleration = {},
): InnerCounts {
  const limit = (rho: number): number => Math.min(cap, Math.floor(1 + a * rho));
  const U = limit(1 + (d * N + N * r) / (d * (r + 1)));
  const V = limit(1 + (d * N + d * r) / (N * (r + 1)));
  return { U, H: U, V };
}

/** Repeats `step` from x0 at most `limit` times, until |x^{l+1} - x^l|_F < delta |x^1 - x^0|_F. */
export function repeatBlock(
  x0: Dense,
  step: (x: Dense) => Dense,
  limit: number,
  delta: number,
): { x: Dense; count: number } {
  let x = step(x0);
  const first = frobenius(subtract(x, x0));
  let count = 1;
  while (count < limit) {
    const next = step(x);
    const length = frobenius(subtract(next, x));
    x = next;
    count++;
    if (length < delta * first) break;
  }
  return { x, count };
}

/** What a HALS iteration may do. */
export interface HalsOptions extends Acceleration {
  /** Descend Jt: rho in the U sweep, then unit-norm columns with compensation. Default false. */
  readonly invariant?: boolean;
  /** `entries` (default) is exact, `rows` is the vectorised majorisation. */
  readonly codes?: 'entries' | 'rows';
}

/** One iteration, each block swept once (`a` = 0, default) or repeated (`a` = 0.5 in `accelerated-hals`). */
export function stepHals(
  p: Problem,
  f: Factors,
  options: HalsOptions = {},
): { factors: Factors; counts: InnerCounts } {
  const { delta = 0.1, invariant = false, codes = 'entries' } = options;
  const limits = innerLimits(p.X.rows, p.X.cols, f.V.rows, options);
  const sweepCodes = codes === 'entries' ? sweepV : sweepVRows;
  const floor = invariant ? 0 : EPS0;
  const forU: SweepOptions = invariant ? { floor, rho: regulariserRows(p, f.V) } : { floor };
  const u = repeatBlock(f.U, (U) => sweepU(p, { ...f, U }, forU), limits.U, delta);
  const atU = invariant ? rescale(p, { ...f, U: u.x }) : { ...f, U: u.x };
  const h =
    p.beta === 0
      ? { x: atU.H, count: 0 }
      : repeatBlock(atU.H, (H) => sweepH(p, { ...atU, H }, { floor }), limits.H, delta);
  const atH = { ...atU, H: h.x };
  const forV: SweepOptions = invariant ? { floor, weights: columnSquares(atH.U) } : { floor };
  const v = repeatBlock(atH.V, (V) => sweepCodes(p, { ...atH, V }, forV), limits.V, delta);
  return { factors: { ...atH, V: v.x }, counts: { U: u.count, H: h.count, V: v.count } };
}
