// elementary — the transcendental functions of the project, f64.
//
// The host's `Math` gives different bits on different engines; AssemblyScript's library, which is compiled into the
// module, does not. `shrinkLevel` must stay 0: other levels choose other algorithms, with other bits.

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
