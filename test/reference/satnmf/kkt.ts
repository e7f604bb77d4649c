/**
 * kkt: how far factors are from satisfying x >= 0, grad >= 0, x∘grad = 0 (method.md, KKT residual).
 *
 * @module
 */
import { type Dense, frobenius, tabulate, at } from '../kernels/dense.js';
import type { Factors, Problem } from './objective.js';
import { curvatures, curvaturesInvariant, gradients, gradientsInvariant } from './objective.js';

/** The residual per block and their maximum. */
export interface Kkt {
  readonly U: number;
  readonly H: number;
  readonly V: number;
  readonly max: number;
}

/**
 * |x - [x - grad ⊘ (2 q)]_+|_F / |x|_F; entries with q = 0 contribute 0. A zero block is 0 if it is
 * stationary, else Infinity.
 */
function scaledResidual(x: Dense, grad: Dense, q: Dense): number {
  const step = tabulate(x.rows, x.cols, (i, j) => {
    const curvature = at(q, i, j);
    if (curvature === 0) return 0;
    return at(x, i, j) - Math.max(0, at(x, i, j) - at(grad, i, j) / (2 * curvature));
  });
  const size = frobenius(step);
  return size === 0 ? 0 : size / frobenius(x);
}

function residuals(f: Factors, grad: Factors, q: Factors): Kkt {
  const U = scaledResidual(f.U, grad.U, q.U);
  const H = scaledResidual(f.H, grad.H, q.H);
  const V = scaledResidual(f.V, grad.V, q.V);
  return { U, H, V, max: Math.max(U, H, V) };
}

/** The residual of J. */
export function kkt(p: Problem, f: Factors): Kkt {
  return residuals(f, gradients(p, f), curvatures(p, f));
}

/** The residual of the scale-invariant Jt. */
export function kktInvariant(p: Problem, f: Factors): Kkt {
  return residuals(f, gradientsInvariant(p, f), curvaturesInvariant(p, f));
}
