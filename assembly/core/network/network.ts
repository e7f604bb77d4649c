// network — what a layer of logistic units needs beside its matrix products (compared-methods.md, DBN).
//
// All f32, lane by lane or value by value, so that the bits do not depend on how a batch is split.
import { apart, bytesOf, counts } from '../../operands';
import { accumulate } from '../linear/row';

/** Beyond this, exp leaves the range of f32; the logistic function has reached 0 or 1 long before. */
const RANGE: f32 = 87;
const LOG2E: f32 = 1.44269504;
/** ln 2 in two parts: products of the first with whole numbers up to 2^9 are exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;

/** A step of Horner’s rule: p r + c. */
@inline
function step(p: v128, r: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(p, r), f32x4.splat(c));
}

/** 1 / (1 + e^−x), to 2 units in the last place: e^−x = 2^k e^r with |r| ≤ ½ ln 2, e^r by its series up to r⁷/7!. */
function logistic4(x: v128): v128 {
  const y = f32x4.max(f32x4.min(f32x4.neg(x), f32x4.splat(RANGE)), f32x4.splat(-RANGE));
  const k = f32x4.nearest(f32x4.mul(y, f32x4.splat(LOG2E)));
  const r = f32x4.sub(f32x4.sub(y, f32x4.mul(k, f32x4.splat(LN2_HIGH))), f32x4.mul(k, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(<f32>(1.0 / 5040.0));
  p = step(p, r, <f32>(1.0 / 720.0));
  p = step(p, r, <f32>(1.0 / 120.0));
  p = step(p, r, <f32>(1.0 / 24.0));
  p = step(p, r, <f32>(1.0 / 6.0));
  p = step(p, r, 0.5);
  p = step(p, r, 1);
  p = step(p, r, 1);
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, f32x4.mul(p, exponent)));
}

/** x_ij ← logistic(x_ij + b_j) for a rows x cols matrix; b: f32[cols]. */
export function logistic(x: usize, b: usize, rows: i32, cols: i32): void {
  assert(counts(rows, cols));
  assert(apart(x, bytesOf<f32>(rows, cols), b, bytesOf<f32>(cols)));
  const whole = cols & ~3;
  for (let i = 0; i < rows; i++) {
    let bias = b;
    for (let j = 0; j < whole; j += 4, x += 16, bias += 16)
      v128.store(x, logistic4(f32x4.add(v128.load(x), v128.load(bias))));
    for (let j = whole; j < cols; j++, x += 4, bias += 4)
      store<f32>(x, f32x4.extract_lane(logistic4(f32x4.splat(load<f32>(x) + load<f32>(bias))), 0));
  }
}

/** d ← d·a·(1 − a) over n values: gradients go back through logistic units with activations a. */
export function logisticSlope(d: usize, a: usize, n: i32): void {
  assert(counts(n));
  assert(apart(d, bytesOf<f32>(n), a, bytesOf<f32>(n)));
  for (const end = d + ((<usize>n) << 2); d < end; d += 4, a += 4) {
    const v = load<f32>(a);
    store<f32>(d, load<f32>(d) * v * (1 - v));
  }
}

/** h_i ← 1 where p_i > h_i, else 0, over n values. If h is uniform, the result is 1 with probability p_i. */
export function exceeded(h: usize, p: usize, n: i32): void {
  assert(counts(n));
  assert(apart(h, bytesOf<f32>(n), p, bytesOf<f32>(n)));
  const one = f32x4.splat(1);
  const end4 = h + ((<usize>(n & ~3)) << 2);
  const end = h + ((<usize>n) << 2);
  const gap = p - h;
  for (; h < end4; h += 16) v128.store(h, v128.and(one, f32x4.gt(v128.load(h + gap), v128.load(h))));
  for (; h < end; h += 4) store<f32>(h, load<f32>(h + gap) > load<f32>(h) ? <f32>1 : <f32>0);
}

/** out ← out + a·(sum of the rows of x), x rows x cols, rows in order. */
export function addRows(out: usize, a: f32, x: usize, rows: i32, cols: i32): void {
  assert(counts(rows, cols));
  assert(apart(out, bytesOf<f32>(cols), x, bytesOf<f32>(rows, cols)));
  for (let i = 0; i < rows; i++, x += (<usize>cols) << 2) accumulate(out, a, x, cols);
}

/** v ← momentum·v + rate·g − decay·w, then w ← w + v, over n values. */
export function momentumStep(
  w: usize,
  v: usize,
  g: usize,
  n: i32,
  momentum: f32,
  rate: f32,
  decay: f32,
): void {
  assert(counts(n));
  assert(apart(w, bytesOf<f32>(n), v, bytesOf<f32>(n)) && apart(v, bytesOf<f32>(n), g, bytesOf<f32>(n)));
  const vMomentum = f32x4.splat(momentum);
  const vRate = f32x4.splat(rate);
  const vDecay = f32x4.splat(decay);
  const toV = v - w;
  const toG = g - w;
  const end4 = w + ((<usize>(n & ~3)) << 2);
  const end = w + ((<usize>n) << 2);
  for (; w < end4; w += 16) {
    const x = v128.load(w);
    const u = f32x4.sub(
      f32x4.add(f32x4.mul(vMomentum, v128.load(w + toV)), f32x4.mul(vRate, v128.load(w + toG))),
      f32x4.mul(vDecay, x),
    );
    v128.store(w + toV, u);
    v128.store(w, f32x4.add(x, u));
  }
  for (; w < end; w += 4) {
    const x = load<f32>(w);
    const u = momentum * load<f32>(w + toV) + rate * load<f32>(w + toG) - decay * x;
    store<f32>(w + toV, u);
    store<f32>(w, x + u);
  }
}
