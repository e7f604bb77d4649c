/**
 * objective: the problem that SATNMF solves, its value and its gradients (method.md, Objective, Label weights,
 * Gradients, Scale).
 *
 *   J(U,H,V) = |X - U V|^2 + beta sum Gam∘(Y - H V)^2 + lambda Tr(V L V^T) + gamma Tr(V M V^T)
 *
 * over U (d x r), H (c x r), V (r x N), all >= 0. Everything is formed explicitly: c x N label matrices,
 * N x N graph and MMD matrices. Every part of J is a sum of squares, so that J carries no cancellation.
 *
 * @module
 */
import {
  type Dense,
  add,
  at,
  columnSquares,
  hadamard,
  inner,
  multiply,
  subtract,
  sumOfSquares,
} from '../kernels/dense.js';
import { diag, tabulate, times, timesColumns, timesRows, transpose } from '../kernels/dense.js';
import { degrees, laplacianRows } from '../kernels/graph.js';
import { type Mmd, mmdMatrix, mmdRows, splitSigns } from '../kernels/mmd.js';

/** What a problem is made of; letters as in the paper. */
export interface ProblemOptions {
  /** d x N, non-negative, source columns first. */
  readonly X: Dense;
  /** Source classes in 0 … c-1, or -1 for an unlabelled sample; its length is n. */
  readonly ys: readonly number[];
  /** Pseudo classes of the target; its length is m = N - n. */
  readonly yt: readonly number[];
  /** Number of classes. */
  readonly c: number;
  /** N x N symmetric affinity with a zero diagonal. */
  readonly W: Dense;
  readonly alpha: number;
  readonly beta: number;
  readonly lambda: number;
  readonly gamma: number;
  /** E on a source sample's own class. Default 0.001 (the paper's). */
  readonly pos?: number;
  /** E on the other classes of a labelled source sample. Default 1 (the paper's). */
  readonly neg?: number;
  /** Gam = E^power, entrywise. Default 1. */
  readonly power?: 1 | 2;
}

/** A problem with its matrices formed. */
export interface Problem {
  readonly X: Dense;
  readonly c: number;
  /** One-hot labels, c x N; zero columns for the target and for unlabelled source samples. */
  readonly Y: Dense;
  /** Label weights of the paper's (2), c x N; zero columns as Y. */
  readonly E: Dense;
  /** The weights that the rules descend, E^power. */
  readonly Gam: Dense;
  readonly W: Dense;
  /** Row sums of W, the diagonal of D. */
  readonly D: Float64Array;
  /** D - W. */
  readonly L: Dense;
  /** M = Mplus - Mminus, N x N. */
  readonly M: Dense;
  readonly Mplus: Dense;
  readonly Mminus: Dense;
  /** What M was made from. */
  readonly mmd: Mmd;
  readonly beta: number;
  readonly lambda: number;
  readonly gamma: number;
}

/** U d x r, H c x r, V r x N. */
export interface Factors {
  readonly U: Dense;
  readonly H: Dense;
  readonly V: Dense;
}

/** The unweighted terms of J. `labelPaper` is the literal |E∘(Y - HV)|^2 of the paper's (8). */
export interface Parts {
  readonly recon: number;
  readonly label: number;
  readonly labelPaper: number;
  readonly graph: number;
  readonly mmd: number;
}

/** Forms the matrices of a problem. */
export function problem(options: ProblemOptions): Problem {
  const { X, ys, yt, c, W, alpha, beta, lambda, gamma } = options;
  const { pos = 0.001, neg = 1, power = 1 } = options;
  const N = X.cols;
  if (ys.length + yt.length !== N)
    throw new RangeError(`"ys" and "yt" must label ${N} columns, got ${ys.length} + ${yt.length}`);
  if (W.rows !== N || W.cols !== N)
    throw new RangeError(`"W" must be ${N} x ${N}, got ${W.rows} x ${W.cols}`);
  const labelled = (j: number): boolean => j < ys.length && ys[j] >= 0;
  const Y = tabulate(c, N, (k, j) => (labelled(j) && ys[j] === k ? 1 : 0));
  const E = tabulate(c, N, (k, j) => (labelled(j) ? (ys[j] === k ? pos : neg) : 0));
  const Gam = power === 2 ? hadamard(E, E) : E;
  const D = degrees(W);
  const mmd: Mmd = { ys, yt, c, alpha };
  const M = mmdMatrix(mmd);
  const { plus: Mplus, minus: Mminus } = splitSigns(M);
  return { X, c, Y, E, Gam, W, D, L: subtract(diag(D), W), M, Mplus, Mminus, mmd, beta, lambda, gamma };
}

/** sum weights∘(Y - HV)^2. */
function labelTerm(p: Problem, { H, V }: Factors, weights: Dense): number {
  const R = subtract(p.Y, multiply(H, V));
  return inner(weights, hadamard(R, R));
}

const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);

/** The five unweighted terms. */
export function parts(p: Problem, f: Factors): Parts {
  return {
    recon: sumOfSquares(subtract(p.X, multiply(f.U, f.V))),
    label: labelTerm(p, f, p.Gam),
    labelPaper: labelTerm(p, f, hadamard(p.E, p.E)),
    graph: sum(laplacianRows(f.V, p.W)),
    mmd: sum(mmdRows(f.V, p.mmd)),
  };
}

/** |X - U V|^2 + beta sum Gam∘(Y - H V)^2, what J and Jt have in common. */
function fit(p: Problem, f: Factors): number {
  return sumOfSquares(subtract(p.X, multiply(f.U, f.V))) + p.beta * labelTerm(p, f, p.Gam);
}

/** J with Gam = E^power: what the rules descend. */
export function objective(p: Problem, f: Factors): number {
  return fit(p, f) + sum(regulariserRows(p, f.V));
}

/** J with the literal E∘E of the paper's (8). */
export function objectivePaper(p: Problem, f: Factors): number {
  const { recon, labelPaper, graph, mmd } = parts(p, f);
  return recon + p.beta * labelPaper + p.lambda * graph + p.gamma * mmd;
}

/** rho_k = v^k (lambda L + gamma M) v^k^T >= 0, a vector of r (method.md, Scale). */
export function regulariserRows(p: Problem, V: Dense): Float64Array {
  const graph = laplacianRows(V, p.W);
  const mmd = mmdRows(V, p.mmd);
  return graph.map((g, k) => p.lambda * g + p.gamma * mmd[k]);
}

/**
 * Jt = fit + label + sum_k |u_k|^2 rho_k, the scale-invariant objective: unchanged by U S^-1, H S^-1,
 * S V for any positive diagonal S, and equal to J when the columns of U have unit norm.
 */
export function objectiveInvariant(p: Problem, f: Factors): number {
  const squares = columnSquares(f.U);
  return fit(p, f) + sum(regulariserRows(p, f.V).map((rho, k) => squares[k] * rho));
}

/** The three gradients of J (method.md, Gradients). */
export function gradients(p: Problem, f: Factors): Factors {
  const regulariser = add(times(p.lambda, multiply(f.V, p.L)), times(p.gamma, multiply(f.V, p.M)));
  return gradientsWith(p, f, f.U, regulariser);
}

/** The three gradients of Jt: U gains 2 U diag(rho), row k of the regulariser's part of V gains |u_k|^2. */
export function gradientsInvariant(p: Problem, f: Factors): Factors {
  const regulariser = timesRows(
    add(times(p.lambda, multiply(f.V, p.L)), times(p.gamma, multiply(f.V, p.M))),
    columnSquares(f.U),
  );
  const { U, H, V } = gradientsWith(p, f, f.U, regulariser);
  return { U: add(U, times(2, timesColumns(f.U, regulariserRows(p, f.V)))), H, V };
}

/** Gradients of the fit and label terms, plus twice `regulariser` (r x N) on V. */
function gradientsWith(p: Problem, { H, V }: Factors, U: Dense, regulariser: Dense): Factors {
  const residual = subtract(multiply(U, V), p.X);
  const label = hadamard(p.Gam, subtract(multiply(H, V), p.Y));
  const pull = add(multiply(transpose(U), residual), times(p.beta, multiply(transpose(H), label)));
  return {
    U: times(2, multiply(residual, transpose(V))),
    H: times(2 * p.beta, multiply(label, transpose(V))),
    V: times(2, add(pull, regulariser)),
  };
}

/**
 * Half the second derivative of J along single entries (method.md, KKT residual), one matrix per factor:
 * U (VV^T)_kk; H beta sum_j Gam_ij v_kj^2; V (U^T U)_kk + beta sum_i Gam_ij h_ik^2 + lambda d_jj + gamma M_jj.
 */
export function curvatures(p: Problem, { U, H, V }: Factors): Factors {
  const r = V.rows;
  const squaresU = columnSquares(U);
  const squaresV = columnSquares(transpose(V));
  const squared = (A: Dense): Dense => hadamard(A, A);
  const labelH = times(p.beta, multiply(p.Gam, transpose(squared(V))));
  const labelV = times(p.beta, multiply(transpose(squared(H)), p.Gam));
  return {
    U: tabulate(U.rows, r, (_, k) => squaresV[k]),
    H: labelH,
    V: tabulate(
      r,
      V.cols,
      (k, j) => squaresU[k] + at(labelV, k, j) + p.lambda * p.D[j] + p.gamma * at(p.M, j, j),
    ),
  };
}

/** The same of Jt: U gains rho_k; in V the regulariser's part of row k gains |u_k|^2. */
export function curvaturesInvariant(p: Problem, f: Factors): Factors {
  const { U, H, V } = curvatures(p, f);
  const rho = regulariserRows(p, f.V);
  const squares = columnSquares(f.U);
  return {
    U: tabulate(U.rows, U.cols, (i, k) => at(U, i, k) + rho[k]),
    H,
    V: tabulate(
      V.rows,
      V.cols,
      (k, j) => at(V, k, j) + (squares[k] - 1) * (p.lambda * p.D[j] + p.gamma * at(p.M, j, j)),
    ),
  };
}
