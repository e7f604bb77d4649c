// One against the rest on a Gram matrix in wasm memory. What does not converge there goes to the solvers of the host.
import { aligned, type Core } from '../../../core/index.js';
import { type KeptRows, onHost, type StoredGram } from '../problem.js';
import { activeSet } from './active-set.js';
import { type Against, gramSolver, problemsOf, sidesOf } from './against-rest.js';
import { Products, productsBytes } from './products.js';

/** Most rows of a factor (ours: 5.6 MB; with more rows than that inside the margin the host takes over). */
const ROOM = 840;

/** Bytes of wasm memory that training on a stored Gram of at most N rows takes. */
export function storedBytes(core: Core, N: number): number {
  return productsBytes(core, N, Math.min(N, ROOM)) + aligned(N * 4);
}

/** The products of the rows that count, which are gathered if they are not all of them. */
function productsOf(stored: StoredGram, { keep, count, total }: KeptRows, bias: number): Products {
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

/** Solves every class, or the first of two. */
export function trainStored(stored: StoredGram, data: KeptRows, bias: number, tolerance: number): Against[] {
  return stored.core.scoped(() => {
    const { costs } = data;
    const products = productsOf(stored, data, bias);
    let host: ReturnType<typeof gramSolver> | undefined;
    return Array.from({ length: problemsOf(data) }, (_, positive) => {
      const y = sidesOf(data, positive);
      const found = activeSet(products, y, costs, tolerance);
      if (found.report.converged) return { positive, ...found };
      host ??= gramSolver(onHost(data, bias).gram as Float64Array, costs, tolerance);
      return { positive, ...host(y) };
    });
  });
}
