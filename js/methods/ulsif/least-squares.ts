// Unconstrained least-squares importance fitting (Kanamori, Hido & Sugiyama 2009; compared-methods.md, uLSIF).
//
//     w(x) = Σ_l a_l k(x, c_l);   a = [(H + λI)⁻¹ h]₊,   H = Φ_sᵀΦ_s / n,   h = mean of the rows of Φ_t
//
// Φ_s (n x b) and Φ_t (m x b) are the kernels of source and target rows against the centres.
import {
  addSymmetricProduct,
  axpy,
  choleskyFactor,
  dot,
  mirrorSquare,
  solveCholesky,
} from '../../core/dense/index.js';
import { ratios, type Table } from '../../learn/importance/index.js';

/** What both fits and all ridges share. */
export interface RatioProblem {
  readonly source: Table;
  readonly target: Table;
  /** Φ_sᵀΦ_s / n, b x b. */
  readonly H: Float64Array;
  /** b values. */
  readonly h: Float64Array;
}

function transposed({ rows, cols, data }: Table): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let l = 0; l < cols; l++) out[l * rows + i] = data[i * cols + l];
  return out;
}

/** The moments of both kernels. */
export function ratioProblem(source: Table, target: Table): RatioProblem {
  const b = source.cols;
  const H = new Float64Array(b * b);
  addSymmetricProduct(H, b, transposed(source), source.rows, 1 / source.rows);
  mirrorSquare(H, b);
  const h = new Float64Array(b);
  for (let j = 0; j < target.rows; j++) axpy(1 / target.rows, target.data, j * b, h, 0, b);
  return { source, target, H, h };
}

/** Least ridge beside the mean diagonal of H: below it rounding would decide (ours). */
const LEAST_RIDGE = 1e-12;

/** Factor of H + ridge·I. */
function factor(H: Float64Array, b: number, ridge: number): Float64Array {
  const L = H.slice();
  let trace = 0;
  for (let l = 0; l < b; l++) trace += H[l * b + l];
  const used = Math.max(ridge, (LEAST_RIDGE * trace) / b, 1e-300);
  for (let l = 0; l < b; l++) L[l * b + l] += used;
  choleskyFactor(L, b, used);
  return L;
}

/** The coefficients and the weights of the source rows. They are not normalised. */
export function fitRatio(
  { source, H, h }: RatioProblem,
  ridge: number,
): { coefficients: Float64Array; weights: Float64Array } {
  const coefficients = h.slice();
  solveCholesky(factor(H, source.cols, ridge), source.cols, coefficients);
  for (let l = 0; l < coefficients.length; l++) coefficients[l] = Math.max(0, coefficients[l]);
  return { coefficients, weights: ratios(source, coefficients) };
}

/**
 * The leave-one-out score, to be made small: the mean over i < min(n, m) of ½ w(s_i)² − w(t_i), where w was fitted
 * without s_i and t_i. One factor serves all of the fits: with R = H + λ (n − 1)/n I, φ row i of Φ_s and
 * g = (m h − row i of Φ_t) / (m − 1), the coefficients are
 *
 *     a_i = (n − 1)/n [R⁻¹g + R⁻¹φ (φᵀR⁻¹g) / (n − φᵀR⁻¹φ)]₊
 *
 * Needs two rows of each; Infinity if there are fewer. Cost O((n + m) b²).
 */
export function leaveOneOutError({ source, target, H, h }: RatioProblem, ridge: number): number {
  const [n, m, b] = [source.rows, target.rows, source.cols];
  if (n < 2 || m < 2) return Infinity;
  const L = factor(H, b, (ridge * (n - 1)) / n);
  const pairs = Math.min(n, m);
  const Rg = new Float64Array(b),
    Rphi = new Float64Array(b);
  let score = 0;
  for (let i = 0; i < pairs; i++) {
    for (let l = 0; l < b; l++) {
      Rg[l] = (m * h[l] - target.data[i * b + l]) / (m - 1);
      Rphi[l] = source.data[i * b + l];
    }
    solveCholesky(L, b, Rg);
    solveCholesky(L, b, Rphi);
    const factorOfPhi = dot(source.data, i * b, Rg, 0, b) / (n - dot(source.data, i * b, Rphi, 0, b));
    let atSource = 0,
      atTarget = 0;
    for (let l = 0; l < b; l++) {
      const a = Math.max(0, ((n - 1) / n) * (Rg[l] + Rphi[l] * factorOfPhi));
      atSource += a * source.data[i * b + l];
      atTarget += a * target.data[i * b + l];
    }
    score += (atSource * atSource) / 2 - atTarget;
  }
  return score / pairs;
}
