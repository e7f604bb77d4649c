// The feasible set of kernel mean matching: the box 0 ≤ b_i ≤ B cut by the slab low ≤ Σ b_i ≤ high.

/** Bounds of the entries and of their sum; 0 ≤ low ≤ high, low ≤ n·bound. */
export interface Slab {
  readonly bound: number;
  readonly low: number;
  readonly high: number;
}

function clipped(z: Float64Array, shift: number, bound: number, out: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const value = Math.min(bound, Math.max(0, z[i] - shift));
    out[i] = value;
    sum += value;
  }
  return sum;
}

/**
 * out = the nearest point of the set to z: z clipped to the box if its sum then lies in the slab, else z − t clipped,
 * with the t for which the sum meets the bound that was missed. t is found by bisection down to neighbouring numbers.
 */
export function project(z: Float64Array, { bound, low, high }: Slab, out: Float64Array): void {
  const plain = clipped(z, 0, bound, out);
  if (plain >= low && plain <= high) return;
  const wanted = plain < low ? low : high;
  // The sum falls from n·bound to 0 as t goes from one end to the other.
  let left = Infinity,
    right = -Infinity;
  for (let i = 0; i < z.length; i++) {
    left = Math.min(left, z[i] - bound);
    right = Math.max(right, z[i]);
  }
  for (;;) {
    const middle = left + (right - left) / 2;
    if (!(middle > left && middle < right)) break;
    if (clipped(z, middle, bound, out) >= wanted) left = middle;
    else right = middle;
  }
  // On the side that satisfies the missed bound.
  clipped(z, wanted === low ? left : right, bound, out);
}

/**
 * The least value of g·c over the set: entries in ascending order of g take what they may, as long as that lowers
 * the value or the sum is below `low`.
 */
export function leastProduct(g: Float64Array, { bound, low, high }: Slab): number {
  const sorted = g.slice().sort();
  let sum = 0,
    value = 0;
  for (const slope of sorted) {
    const room = (slope < 0 ? high : low) - sum;
    if (room <= 0) break;
    const amount = Math.min(bound, room);
    value += amount * slope;
    sum += amount;
  }
  return value;
}
