/**
 * One against the rest, squared hinge loss, on a Gram matrix in wasm memory: any number of C on one matrix.
 *
 * Classes one after the other, each from the smallest C to the largest: a solution is where the next C starts, and
 * the factor of its system solves the next one's. What does not converge goes to the solvers of the host.
 *
 * @module
 */
import { type Core, aligned } from '../../core/core.js';
import { Products, productsBytes } from './gram-products.js';
import { type Factored, activeSet } from './active-set.js';
import { type Against, onGram } from './ovr.js';
import { lowRankRows } from './low-rank.js';
import { type Prepared, taken } from './problem.js';

/** Most rows of a factor (ours: 5.6 MB; with more rows than that inside the margin the host takes over). */
const ROOM = 840;

/** Bytes of wasm memory that training on a stored Gram of at most N rows takes. */
export function storedBytes(core: Core, N: number): number {
  return productsBytes(core, N, Math.min(N, ROOM)) + aligned(N * 4);
}

/** The products of the rows that count, which are gathered if they are not all of them. */
function productsOf({ stored, keep, count, total }: Prepared, bias: number): Products {
  if (stored === undefined) throw new RangeError('There is no Gram matrix in wasm memory.');
  const { core, at, ld } = stored;
  const room = Math.min(count, ROOM);
  if (count === total) return new Products(core, stored, count, bias * bias, room);
  const gathered = core.alloc(count * count * 4);
  const out = core.f32(gathered, count * count);
  for (let i = 0; i < count; i++) {
    const row = core.f32(at + keep[i] * ld * 4, total);
    for (let j = 0; j < count; j++) out[i * count + j] = row[keep[j]];
  }
  return new Products(core, { at: gathered, ld: count }, count, bias * bias, room);
}

/**
 * Solves every class (or the first of two) for every C.
 *
 * @param ascending the problem with the costs of each C, smallest first; rows and labels are the same
 * @param starts coefficients to start the first C from, for each class
 * @returns for each C its classes
 */
export function trainStored(
  ascending: readonly Prepared[],
  bias: number,
  tolerance: number,
  starts?: readonly Float64Array[],
): Against[][] {
  const [data] = ascending;
  const core = data.stored?.core as Core;
  const problems = data.present.length === 2 ? 1 : data.present.length;
  return core.scoped(() => {
    const products = productsOf(data, bias);
    const solved = ascending.map((): Against[] => []);
    let host: Prepared | undefined;
    for (let positive = 0; positive < problems; positive++) {
      const y = Float64Array.from(data.slots, (slot) => (slot === positive ? 1 : -1));
      const factored: Factored = { rows: undefined };
      let start = starts?.[positive];
      ascending.forEach(({ costs }, at) => {
        let one = activeSet(products, y, costs, tolerance, factored, start);
        if (!one.report.converged) {
          host ??= taken(data, bias);
          const gram = host.gram as Float64Array;
          one = onGram(gram, () => lowRankRows(gram, costs), y, costs, 'l2', tolerance);
        }
        start = one.c;
        solved[at].push({ positive, ...one });
      });
    }
    return solved;
  });
}
