// spectrum — some eigenvalues of a symmetric tridiagonal matrix by bisection, and their eigenvectors by
// inverse iteration, f64.
//
// Each vector is made orthogonal to all before it, so equal and close eigenvalues get a basis of their space. The
// residual that `tridiagonalVectors` returns says how good the eigenvalues and vectors are.
import { apart, bytesOf, counts } from '../../operands';
import { add64, dot64, get, scale64, set } from './f64-rows';

const EPSILON: f64 = 2.220446049250313e-16;
/** Most solves a vector; two or three are usual (ours). */
const TRIES: i32 = 8;
/** An iterate that becomes larger than this during a solve is scaled down. */
const LARGE: f64 = 1e100;

/** The largest of |d_i| + |e_i| + |e_(i − 1)|: no eigenvalue is larger. */
function bound(d: usize, e: usize, n: i32): f64 {
  let most: f64 = 0;
  let before: f64 = 0;
  for (let i = 0; i < n; i++) {
    const after = abs<f64>(get(e, i));
    most = max<f64>(most, abs<f64>(get(d, i)) + before + after);
    before = after;
  }
  return most;
}

/** How many eigenvalues are below x (Sturm). A pivot of 0 is replaced by `floor` > 0. */
function below(d: usize, e: usize, n: i32, x: f64, floor: f64): i32 {
  let count = 0;
  let q = get(d, 0) - x;
  for (let i = 1; i < n; i++) {
    if (abs<f64>(q) < floor) q = -floor;
    if (q < 0) count++;
    const off = get(e, i - 1);
    q = get(d, i) - x - (off * off) / q;
  }
  return q < floor ? count + 1 : count;
}

/**
 * values[k] = the `count` largest eigenvalues, descending, or with `smallest` the smallest, ascending, to the
 * last bits of the largest; T: diagonal d (n), off-diagonal e (n − 1, then 0). Cost: about 60·n·count divisions.
 */
export function tridiagonalValues(
  values: usize,
  count: i32,
  smallest: bool,
  d: usize,
  e: usize,
  n: i32,
): void {
  assert(n > 0 && 0 <= count && count <= n);
  const most = bound(d, e, n);
  if (most == 0) return memory.fill(values, 0, (<usize>count) << 3);
  const floor = max<f64>(EPSILON * EPSILON * most, 1e-300);
  const edge = most * (1.0 + 4.0 * EPSILON * <f64>n) + 2.0 * floor;
  let start = -edge;
  let stop = edge;
  for (let k = 0; k < count; k++) {
    const rank = smallest ? k : n - 1 - k;
    let low = start;
    let high = stop;
    while (high - low > EPSILON * max<f64>(abs<f64>(low), abs<f64>(high)) + floor) {
      const middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) break;
      if (below(d, e, n, middle, floor) > rank) high = middle;
      else low = middle;
    }
    if (smallest) start = low;
    else stop = high;
    set(values, k, 0.5 * (low + high));
  }
}

/** T − x I = P L U with rows exchanged where that gives the larger pivot; u: n values each of U's three diagonals. */
function factor(
  d: usize,
  e: usize,
  n: i32,
  x: f64,
  floor: f64,
  u0: usize,
  u1: usize,
  u2: usize,
  l: usize,
  swapped: usize,
): void {
  let pivot = get(d, 0) - x;
  let right = get(e, 0);
  for (let i = 0; i < n - 1; i++) {
    const off = get(e, i);
    const next = get(d, i + 1) - x;
    const after = get(e, i + 1);
    const swap = abs<f64>(off) > max<f64>(abs<f64>(pivot), floor);
    store<i32>(swapped + ((<usize>i) << 2), <i32>swap);
    if (swap) {
      const m = pivot / off;
      set(u0, i, off);
      set(u1, i, next);
      set(u2, i, after);
      set(l, i, m);
      pivot = right - m * next;
      right = -m * after;
    } else {
      if (abs<f64>(pivot) < floor) pivot = floor;
      const m = off / pivot;
      set(u0, i, pivot);
      set(u1, i, right);
      set(u2, i, 0);
      set(l, i, m);
      pivot = next - m * right;
      right = after;
    }
  }
  if (abs<f64>(pivot) < floor) pivot = floor;
  set(u0, n - 1, pivot);
  set(u1, n - 1, 0);
  set(u2, n - 1, 0);
}

/** y ← (T − x I)⁻¹ y up to a positive factor, which keeps it in range. */
function solve(y: usize, n: i32, u0: usize, u1: usize, u2: usize, l: usize, swapped: usize): void {
  for (let i = 0; i < n - 1; i++) {
    const own = get(y, i);
    const next = get(y, i + 1);
    const swap = load<i32>(swapped + ((<usize>i) << 2)) != 0;
    if (swap) set(y, i, next);
    set(y, i + 1, swap ? own - get(l, i) * next : next - get(l, i) * own);
  }
  let one: f64 = 0;
  let two: f64 = 0;
  for (let i = n - 1; i >= 0; i--) {
    let v = (get(y, i) - get(u1, i) * one - get(u2, i) * two) / get(u0, i);
    if (abs<f64>(v) > LARGE) {
      const shrink = 1.0 / abs<f64>(v);
      scale64(y, shrink, n);
      v *= shrink;
      one *= shrink;
    }
    set(y, i, v);
    two = one;
    one = v;
  }
}

/** Makes y orthogonal to the `count` rows of Z (in two passes) and its length 1. Returns the length that was left before. */
function orthogonalize(y: usize, Z: usize, count: i32, n: i32): f64 {
  const row = (<usize>n) << 3;
  const before = sqrt<f64>(dot64(y, y, n));
  if (before > 0) scale64(y, 1.0 / before, n);
  for (let pass = 0; pass < 2; pass++)
    for (let i = 0, z = Z; i < count; i++, z += row) add64(y, -dot64(z, y, n), z, n);
  const after = sqrt<f64>(dot64(y, y, n));
  if (after > 0) scale64(y, 1.0 / after, n);
  return after;
}

/** |T z − x z|. */
function residual(d: usize, e: usize, n: i32, x: f64, z: usize): f64 {
  let sum: f64 = 0;
  let before: f64 = 0;
  for (let i = 0; i < n; i++) {
    let r = before + (get(d, i) - x) * get(z, i);
    if (i + 1 < n) r += get(e, i) * get(z, i + 1);
    before = get(e, i) * get(z, i);
    sum += r * r;
  }
  return sqrt<f64>(sum);
}

export function vectorBytes(n: i32): usize {
  assert(counts(n));
  return (<usize>n * 9) << 2;
}

/**
 * Rows of Z (count x n) = orthonormal eigenvectors of T to `values`. Returns the largest residual |T z − value z|
 * as a part of the bound of T's eigenvalues (0 for T = 0). Cost: about 6·n·count² flops.
 */
export function tridiagonalVectors(
  Z: usize,
  values: usize,
  count: i32,
  d: usize,
  e: usize,
  n: i32,
  scratch: usize,
): f64 {
  assert(n > 0 && 0 <= count && count <= n);
  assert(apart(Z, bytesOf<f64>(count, n), scratch, 1));
  const row = (<usize>n) << 3;
  const u0 = scratch;
  const u1 = u0 + row;
  const u2 = u1 + row;
  const l = u2 + row;
  const swapped = l + row;
  const most = bound(d, e, n);
  const floor = most > 0 ? EPSILON * most : 1.0;
  const fine = 4.0 * EPSILON * most * sqrt<f64>(<f64>n);
  let worst: f64 = 0;
  let state: u32 = 1;
  for (let k = 0; k < count; k++) {
    const z = Z + <usize>k * row;
    const x = get(values, k);
    factor(d, e, n, x, floor, u0, u1, u2, l, swapped);
    let far: f64 = 0;
    let left: f64 = 0;
    for (let t = 0; t < TRIES; t++) {
      // Almost nothing of the iterate was left: starts from another vector.
      if (left < 1e-8)
        for (let i = 0; i < n; i++) {
          state = state * 1664525 + 1013904223;
          set(z, i, <f64>(<i32>state) * 4.656612873077393e-10);
        }
      if (left < 1e-8) orthogonalize(z, Z, k, n);
      solve(z, n, u0, u1, u2, l, swapped);
      left = orthogonalize(z, Z, k, n);
      far = residual(d, e, n, x, z);
      if (left >= 1e-8 && far <= fine && t > 0) break;
    }
    worst = max<f64>(worst, far);
  }
  return most > 0 ? worst / most : 0;
}
