/**
 * elementary — the transcendental functions of the project, f64.
 *
 * Host `Math` differs between engines in all of these; the standard library's software versions,
 * compiled into the module, do not (`shrinkLevel` must stay 0, it switches their algorithms).
 */

export { exponential, logarithm } from '../elementary';

export function sine(x: f64): f64 {
  return NativeMath.sin(x);
}

export function cosine(x: f64): f64 {
  return NativeMath.cos(x);
}

export function hyperbolicTangent(x: f64): f64 {
  return NativeMath.tanh(x);
}
