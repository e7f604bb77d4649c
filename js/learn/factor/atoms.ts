// Atoms u_k v^k: the scale that both share, and those that are dead (method.md, Scale).
import type { FactorSpace } from './space.js';

/** An atom is dead when |u_k||v^k| is at most this part of |X| (ours). */
const DEAD_SHARE = 1e-8;
/** An atom with a shorter u_k is dead too: its reciprocal would leave f32 (ours). */
const DEAD_NORM = 1e-35;

/** |u_k| of each atom, and whether u_k v^k adds nothing to U V. */
function atoms(space: FactorSpace, t: number): { norm: number; dead: boolean }[] {
  const { core, e, at } = space;
  const { N, d, square } = space.samples;
  const { r } = space.descent;
  const { U, C } = space.slot(t);
  e.columnSquares(at.roughness, U, d, r);
  e.columnSquares(at.discrepancy, C, N, r);
  const [u, v] = [core.f64(at.roughness, r), core.f64(at.discrepancy, r)];
  return Array.from(u, (own, k) => {
    const norm = Math.sqrt(own);
    const dead = norm < DEAD_NORM || norm * Math.sqrt(v[k]) <= DEAD_SHARE * Math.sqrt(square);
    return { norm, dead };
  });
}

/**
 * Unit columns of U, V ← S V, H ← H S⁻¹: U V and H V stay. Dead atoms keep their scale: on the way
 * to 0 they would drive H to infinity. H is left alone where β = 0.
 */
export function normalize(space: FactorSpace, t: number): void {
  const { N, d } = space.samples;
  const { r, beta } = space.descent;
  const { U, C, H } = space.slot(t);
  const norms = atoms(space, t).map(({ norm, dead }) => (dead ? 1 : norm));
  const reciprocal = space.row(norms.map((norm) => 1 / norm));
  space.e.scaleColumns(U, reciprocal, d, r);
  if (beta > 0) space.e.scaleColumns(H, reciprocal, space.c, r);
  space.e.scaleColumns(C, space.row(norms), N, r);
}

/**
 * Codes of dead atoms say nothing of the features, only of the source's labels: none is kept, and the atom
 * goes too, so that no new recording is coded by it.
 */
export function silence(space: FactorSpace, t: number): void {
  const { N, d } = space.samples;
  const { r } = space.descent;
  const { U, C } = space.slot(t);
  const all = atoms(space, t);
  if (!all.some(({ dead }) => dead)) return;
  const alive = space.row(all.map(({ dead }) => (dead ? 0 : 1)));
  space.e.scaleColumns(C, alive, N, r);
  space.e.scaleColumns(U, alive, d, r);
}
