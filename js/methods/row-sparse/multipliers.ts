/**
 * The inexact augmented Lagrange multiplier method (ALM), as it is published for this family of objectives: C = Q is
 * demanded by a multiplier T and a penalty kappa that grows,
 *
 *   min  |B − QᵀA|² + lambda Σ |c_i| + ⟨T, C − Q⟩ + kappa / 2 |C − Q|²
 *
 * over Q, then over C. A penalty that grows freezes a little above the minimum, so once C and Q agree it stays where
 * both residuals are alike, and the method is ADMM (Boyd et al. 2011), which converges to it.
 *
 * @module
 */
import type { Core } from '../../core/core.js';
import {
  multiply,
  multiplyBytes,
  transposed,
  type Wide,
  wide,
  wideBytes,
  wideValues,
} from '../../core/dense.js';
import { eigenBytes, symmetricEigen } from '../../core/eigen.js';
import { rowNorms, rowProductBytes, type RowPass, type RowSparse } from './problem.js';

/** The penalty. */
export interface PenaltyOptions {
  /** Penalty at the start, > 0. */
  readonly kappa: number;
  /** Its growth in an iteration, ≥ 1. */
  readonly rho: number;
  /** Where it stops growing. */
  readonly kappaMax: number;
}

/** Iterations of a pass (ours). */
const PASS = 25;
/** Largest |C − Q| at which the penalty has done its work. */
const AGREED = 1e-7;
/** How many times one residual may be the other before the penalty moves, by how much at most, in how many passes (ours). */
const BALANCE = { slack: 5, most: 10, passes: 40 };

/** Bytes that {@link multiplierPasses} takes beside its problem. */
export function multipliersBytes(core: Core, d: number, m: number, classes: number): number {
  const kept = 2 * wideBytes(d, classes) + 2 * wideBytes(m, classes) + wideBytes(m, m);
  const products = Math.max(rowProductBytes(core, d, m, classes), multiplyBytes(core, classes, d));
  return kept + Math.max(eigenBytes(core, m, m), wideBytes(m, m) + products);
}

export class Multipliers {
  /** Largest |C − Q| after the last iteration. */
  apart = Infinity;
  /** The penalty of the next iteration. */
  kappa: number;
  readonly #problem: RowSparse;
  readonly #lambda: number;
  readonly #options: PenaltyOptions;
  /** A Bᵀ, d x classes. */
  readonly #AB: Float64Array;
  readonly #T: Float64Array;
  /** d x classes, m x classes twice. */
  readonly #Q: Wide;
  readonly #back: Wide;
  readonly #inner: Wide;
  readonly #turned: Wide;
  /** AᵀA = V' diag(values) V; V: eigenvectors in rows. */
  readonly #values: Float64Array;
  readonly #V: Wide;
  #growing = true;
  #balanced = 0;
  #primal = 0;
  #dual = 0;

  /** Starts from C = 0, whose residual the problem must have. */
  constructor(problem: RowSparse, lambda: number, options: PenaltyOptions) {
    const { core, A, R, classes } = problem;
    const { rows: d, cols: m } = A;
    this.#problem = problem;
    this.#lambda = lambda;
    this.#options = options;
    this.kappa = options.kappa;
    this.#T = new Float64Array(d * classes);
    this.#Q = wide(core, d, classes);
    this.#back = wide(core, d, classes);
    this.#inner = wide(core, m, classes);
    this.#turned = wide(core, m, classes);
    multiply(core, this.#back, A, transposed(R));
    this.#AB = wideValues(core, this.#back).slice();
    const gram = wide(core, m, m);
    multiply(core, gram, transposed(A), A, { lower: true });
    const { values, vectors } = symmetricEigen(core, gram, m);
    this.#values = values.map((value) => Math.max(0, value));
    this.#V = vectors;
  }

  /** Q, C, T and kappa, each once. */
  iterate(): void {
    const { core, A, C, classes } = this.#problem;
    const { kappa } = this;
    const T = this.#T;
    const own = wideValues(core, C);
    // (2 A Aᵀ + kappa I)⁻¹ r = (r − A E diag(2 / (2 e + kappa)) Eᵀ Aᵀ r) / kappa.
    const Q = wideValues(core, this.#Q);
    for (let k = 0; k < Q.length; k++) Q[k] = 2 * this.#AB[k] + T[k] + kappa * own[k];
    multiply(core, this.#inner, transposed(A), this.#Q);
    multiply(core, this.#turned, this.#V, this.#inner);
    const turned = wideValues(core, this.#turned);
    for (let k = 0; k < turned.length; k++)
      turned[k] *= 2 / (2 * this.#values[Math.floor(k / classes)] + kappa);
    multiply(core, this.#inner, transposed(this.#V), this.#turned);
    multiply(core, this.#back, A, this.#inner);
    const back = wideValues(core, this.#back);
    for (let k = 0; k < Q.length; k++) Q[k] = (Q[k] - back[k]) / kappa;
    const next = Q.map((value, k) => value - T[k] / kappa);
    const half = this.#lambda / kappa;
    const norms = rowNorms(next, classes);
    this.apart = 0;
    let [primal, dual] = [0, 0];
    for (let k = 0; k < Q.length; k++) {
      const norm = norms[Math.floor(k / classes)];
      const c = norm > half ? (1 - half / norm) * next[k] : 0;
      const gap = c - Q[k];
      T[k] += kappa * gap;
      this.apart = Math.max(this.apart, Math.abs(gap));
      primal += gap * gap;
      dual += (c - own[k]) * (c - own[k]);
      own[k] = c;
    }
    [this.#primal, this.#dual] = [Math.sqrt(primal), kappa * Math.sqrt(dual)];
    if (this.#growing) this.kappa = Math.min(this.#options.rho * kappa, this.#options.kappaMax);
  }

  /** After a pass: an end to growth once C and Q agree, or a penalty that brings the residuals closer together. */
  settle(): void {
    if (this.#growing && this.apart > AGREED) return;
    this.#growing = false;
    if (this.#balanced++ >= BALANCE.passes) return;
    const [primal, dual] = [this.#primal, this.#dual];
    if (primal <= BALANCE.slack * dual && dual <= BALANCE.slack * primal) return;
    const ratio = Math.sqrt(primal / Math.max(dual, 1e-300));
    this.kappa *= Math.min(BALANCE.most, Math.max(1 / BALANCE.most, ratio));
  }
}

/**
 * Passes of 25 iterations without end; yields what C has come to before the first pass and after each, and undefined
 * after an iteration. Objectives may rise on the way.
 */
export function* multiplierPasses(
  problem: RowSparse,
  lambda: number,
  options: PenaltyOptions,
): Generator<RowPass | undefined, never> {
  yield { ...problem.certificate(lambda, problem.slopes()), lambda };
  const run = new Multipliers(problem, lambda, options);
  for (;;) {
    for (let t = 0; t < PASS; t++) {
      run.iterate();
      yield;
    }
    run.settle();
    problem.residual();
    yield { ...problem.certificate(lambda, problem.slopes()), lambda };
  }
}
