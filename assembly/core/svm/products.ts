// products — what a linear SVM does with the inner products of its rows (method.md, The binary problem): K = G + s,
// where G (f32, n x n, `ld` values a row) is a Gram matrix and s what a constant appended to each row adds to every
// product.
//
// Everything but G is f64, unless it says otherwise.
import { aligned, apart, bytesOf, counts } from '../../operands';
import { add64, dot64 } from '../linear/f64-rows';

/** Coordinates that are searched together for the best one (ours). */
const CHUNK: i32 = 64;

/** Values j and j + 1 of a row of f32 or f64, in f64. */
@inline
function two<T>(row: usize, j: i32): v128 {
  const at = row + <usize>j * sizeof<T>();
  return sizeof<T>() == 8 ? v128.load(at) : f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/**
 * f = K c. Rows are added four at a time; rows whose c is 0 are left out. An entry of f is the sum over the rows in order.
 * f, c: f64[n].
 */
export function expand(f: usize, G: usize, ld: i32, c: usize, n: i32, s: f64): void {
  assert(counts(n) && ld >= n);
  assert(apart(f, bytesOf<f64>(n), c, bytesOf<f64>(n)));
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += load<f64>(c + ((<usize>i) << 3));
  const constant = s * total;
  for (let j = 0; j < n; j++) store<f64>(f + ((<usize>j) << 3), constant);
  const stride = (<usize>ld) << 2;
  let i = 0;
  while (i < n) {
    const first = i;
    for (; i < n && load<f64>(c + ((<usize>i) << 3)) != 0; i++) {}
    let at = first;
    for (; at + 3 < i; at += 4) addFour<f32>(f, G + <usize>at * stride, stride, c + ((<usize>at) << 3), n);
    for (; at < i; at++) addOne(f, G + <usize>at * stride, load<f64>(c + ((<usize>at) << 3)), n);
    for (; i < n && load<f64>(c + ((<usize>i) << 3)) == 0; i++) {}
  }
}

/** f += c_0 g_0 + … + c_3 g_3, in this order, for four rows g of f32 or f64, `stride` bytes apart; f, c: f64. */
export function addFour<T>(f: usize, g0: usize, stride: usize, c: usize, n: i32): void {
  const c0 = v128.load64_splat(c);
  const c1 = v128.load64_splat(c, 8);
  const c2 = v128.load64_splat(c, 16);
  const c3 = v128.load64_splat(c, 24);
  const g1 = g0 + stride;
  const g2 = g1 + stride;
  const g3 = g2 + stride;
  let j = 0;
  for (; j + 1 < n; j += 2, f += 16) {
    let v = f64x2.add(v128.load(f), f64x2.mul(c0, two<T>(g0, j)));
    v = f64x2.add(v, f64x2.mul(c1, two<T>(g1, j)));
    v = f64x2.add(v, f64x2.mul(c2, two<T>(g2, j)));
    v128.store(f, f64x2.add(v, f64x2.mul(c3, two<T>(g3, j))));
  }
  if (j < n) {
    const at = <usize>j * sizeof<T>();
    let v = load<f64>(f) + load<f64>(c) * <f64>load<T>(g0 + at);
    v += load<f64>(c, 8) * <f64>load<T>(g1 + at);
    v += load<f64>(c, 16) * <f64>load<T>(g2 + at);
    store<f64>(f, v + load<f64>(c, 24) * <f64>load<T>(g3 + at));
  }
}

function addOne(f: usize, g: usize, c: f64, n: i32): void {
  const cc = f64x2.splat(c);
  let j = 0;
  for (; j + 1 < n; j += 2, f += 16) v128.store(f, f64x2.add(v128.load(f), f64x2.mul(cc, two<f32>(g, j))));
  if (j < n) store<f64>(f, load<f64>(f) + c * <f64>load<f32>(g + ((<usize>j) << 2)));
}

/** The gradient e_j, limited to the directions in which coordinate j may move. */
@inline
function allowed(e: usize, low: usize, high: usize, j: i32): f32 {
  const at = (<usize>j) << 2;
  return min(load<f32>(high + at), max(load<f32>(low + at), load<f32>(e + at)));
}

/** The same for four coordinates at these addresses. */
@inline
function allowedFour(e: v128, low: usize, high: usize): v128 {
  return f32x4.abs(f32x4.pmin(v128.load(high), f32x4.pmax(v128.load(low), e)));
}

/** The largest of four values ≥ 0. */
@inline
function largestOf(m: v128): f32 {
  m = f32x4.pmax(m, v128.shuffle<f32>(m, m, 2, 3, 0, 1));
  m = f32x4.pmax(m, v128.shuffle<f32>(m, m, 1, 0, 3, 2));
  return f32x4.extract_lane(m, 0);
}

/** The first coordinate of [from, to) whose limited gradient has the size `most`. */
function first(e: usize, low: usize, high: usize, from: i32, to: i32, most: f32): i32 {
  const wanted = f32x4.splat(most);
  let j = from;
  for (; j + 3 < to; j += 4) {
    const at = (<usize>j) << 2;
    const same = i32x4.bitmask(f32x4.eq(allowedFour(v128.load(e + at), low + at, high + at), wanted));
    if (same != 0) return j + <i32>ctz(same);
  }
  while (j < to && abs(allowed(e, low, high, j)) != most) j++;
  return j;
}

/**
 * e += t (g + s) for a row g of G. Returns the coordinate whose limited gradient is then the largest, or −1 if all are 0.
 * low and high (f32): the limits of e_j, −∞ and ∞, or 0 where the coordinate may not move in that direction.
 */
function stepAndChoose(e: usize, g: usize, t: f32, s: f32, low: usize, high: usize, n: i32): i32 {
  const tt = f32x4.splat(t);
  const shift = f32x4.splat(t * s);
  let chunk = -1;
  let least: f32 = 0;
  let from = 0;
  for (; from + CHUNK <= n; from += CHUNK) {
    const largest = stepChunk(e, g, tt, shift, low, high, (<usize>from) << 2);
    if (largest > least) {
      least = largest;
      chunk = from;
    }
  }
  let largest: f32 = 0;
  for (let j = from; j < n; j++) {
    const at = (<usize>j) << 2;
    store<f32>(e + at, load<f32>(e + at) + (t * s + t * load<f32>(g + at)));
    largest = max(largest, abs(allowed(e, low, high, j)));
  }
  if (largest > least) {
    least = largest;
    chunk = from;
  }
  return chunk < 0 ? -1 : first(e, low, high, chunk, min(chunk + CHUNK, n), least);
}

/** The step on four coordinates; returns the sizes of their limited gradients. */
@inline
function stepFour(e: usize, g: usize, tt: v128, shift: v128, low: usize, high: usize): v128 {
  const v = f32x4.add(v128.load(e), f32x4.add(shift, f32x4.mul(tt, v128.load(g))));
  v128.store(e, v);
  return allowedFour(v, low, high);
}

/** The step on CHUNK coordinates from byte `at` of each vector on; returns the largest limited gradient. */
function stepChunk(e: usize, g: usize, tt: v128, shift: v128, low: usize, high: usize, at: usize): f32 {
  let m0 = f32x4.splat(0);
  let m1 = m0;
  e += at;
  g += at;
  low += at;
  high += at;
  for (const end = e + (CHUNK << 2); e < end; e += 32, g += 32, low += 32, high += 32) {
    m0 = f32x4.pmax(m0, stepFour(e, g, tt, shift, low, high));
    m1 = f32x4.pmax(m1, stepFour(e + 16, g + 16, tt, shift, low + 16, high + 16));
  }
  return largestOf(f32x4.pmax(m0, m1));
}

/** Operands of `greedySteps`. */
@unmanaged
export class GreedySteps {
  c: usize; // Coefficients, f64[n]; they are moved
  e: usize; // f32[n]: the gradient (K + diag δ)c − y at first
  G: usize; // Gram matrix, n x n, `ld` values a row
  ld: i32;
  n: i32;
  s: f64;
  y: usize; // ±1, f64[n]
  ridge: usize; // δ, f64[n]
  tolerance: f64;
  most: i32;
  scratch: usize; // 8·n bytes
}

/**
 * Coordinate steps on  min ½ cᵀ(K + diag δ)c − yᵀc,  y_i c_i ≥ 0  (the dual of the squared hinge loss, signed), always
 * along the coordinate with the largest limited gradient. Stops after `most` steps, or when that gradient is within
 * `tolerance`. Returns the number of steps. The gradients are f32 and lose accuracy step by step, so the result is a
 * start for an exact method. Cost: 3n flops and a search over n a step.
 */
export function greedySteps(descent: GreedySteps): i32 {
  const c = descent.c;
  const e = descent.e;
  const G = descent.G;
  const n = descent.n;
  const s = descent.s;
  const y = descent.y;
  const ridge = descent.ridge;
  const tolerance = descent.tolerance;
  const most = descent.most;
  const ld = descent.ld;
  const low = descent.scratch;
  assert(counts(n, most) && ld >= n && tolerance >= 0 && aligned(low));
  const high = low + ((<usize>n) << 2);
  const stride = (<usize>ld) << 2;
  for (let i = 0; i < n; i++) hold(low, high, c, y, i);
  // A step of length 0: it only chooses the first coordinate.
  let i = stepAndChoose(e, G, 0, 0, low, high, n);
  let steps = 0;
  for (; steps < most && i >= 0; steps++) {
    const at = (<usize>i) << 3;
    const gradient = <f64>load<f32>(e + ((<usize>i) << 2));
    if (abs(gradient) <= tolerance) break;
    const row = G + <usize>i * stride;
    const ridged = load<f64>(ridge + at);
    const before = load<f64>(c + at);
    const moved = before - gradient / (<f64>load<f32>(row + ((<usize>i) << 2)) + s + ridged);
    const after = load<f64>(y + at) > 0 ? max(moved, 0) : min(moved, 0);
    store<f64>(c + at, after);
    store<f32>(e + ((<usize>i) << 2), <f32>(gradient + ridged * (after - before)));
    hold(low, high, c, y, i);
    i = stepAndChoose(e, row, <f32>(after - before), <f32>s, low, high, n);
  }
  return steps;
}

/** Sets the limits of gradient i: at 0, a coefficient that must be positive may only rise, one that must be negative only fall. */
@inline
function hold(low: usize, high: usize, c: usize, y: usize, i: i32): void {
  const held = load<f64>(c + ((<usize>i) << 3)) == 0;
  const up = load<f64>(y + ((<usize>i) << 3)) > 0;
  store<f32>(low + ((<usize>i) << 2), held && !up ? 0 : -Infinity);
  store<f32>(high + ((<usize>i) << 2), held && up ? 0 : Infinity);
}

/** A (k x k, lower triangle) = K_II + diag(ridge_I) for the k rows named by index (i32); ridge: f64[n]. */
export function gatherProducts(
  A: usize,
  G: usize,
  ld: i32,
  index: usize,
  k: i32,
  s: f64,
  ridge: usize,
): void {
  assert(counts(k) && ld > 0);
  for (let r = 0; r < k; r++) {
    const i = load<i32>(index + ((<usize>r) << 2));
    const row = G + ((<usize>i * <usize>ld) << 2);
    const out = A + ((<usize>r * <usize>k) << 3);
    for (let q = 0; q <= r; q++)
      store<f64>(
        out + ((<usize>q) << 3),
        <f64>load<f32>(row + ((<usize>load<i32>(index + ((<usize>q) << 2))) << 2)) + s,
      );
    const own = out + ((<usize>r) << 3);
    store<f64>(own, load<f64>(own) + load<f64>(ridge + ((<usize>i) << 3)));
  }
}

/** b ← (L Lᵀ)⁻¹ b for one b (f64[k]); L: the lower triangle of a k x k matrix. */
export function solveFactor(b: usize, L: usize, k: i32): void {
  assert(counts(k));
  assert(apart(b, bytesOf<f64>(k), L, bytesOf<f64>(k, k)));
  const stride = (<usize>k) << 3;
  for (let i = 0; i < k; i++) {
    const at = b + ((<usize>i) << 3);
    const row = L + <usize>i * stride;
    store<f64>(at, (load<f64>(at) - dot64(row, b, i)) / load<f64>(row + ((<usize>i) << 3)));
  }
  for (let i = k - 1; i >= 0; i--) {
    const at = b + ((<usize>i) << 3);
    const row = L + <usize>i * stride;
    const value = load<f64>(at) / load<f64>(row + ((<usize>i) << 3));
    store<f64>(at, value);
    add64(b, -value, row, i);
  }
}
