/**
 * Where the factors of a factorisation lie in wasm memory, and how many bytes that takes.
 *
 * @module
 */
import { aligned, type Core, type Pointer } from '../../core/index.js';
import type { Update } from './descent.js';
import { splats } from '../../core/samples/index.js';

/** Rows of a factor whose panels lie in memory at once (ours: bounds it; part of the bits of a Gram matrix). */
export const GRAM_ROWS = 1024;

/** Sizes of a batch of trials that are factorised side by side. */
export interface FactorSizes {
  readonly N: number;
  readonly d: number;
  readonly r: number;
  /** Classes. */
  readonly c: number;
  /** Neighbours of the graph; 0 without one. */
  readonly k: number;
  readonly update: Update;
  /** Trials side by side. */
  readonly parts: number;
  /** Sources, and parts of the target (`RowGroups`). */
  readonly sources: number;
  readonly targets: number;
}

/** Blocks of one trial repeat `parts` times; the others are shared. Orientation: assembly/core. */
export interface FactorMemory {
  /** Dictionary, d x r a part. */
  readonly U: Pointer;
  /** Codes, N x r a part. */
  readonly C: Pointer;
  /** Label regression, c x r a part. */
  readonly H: Pointer;
  /** Xᵀ C, d x r a part. */
  readonly XC: Pointer;
  /** X U, N x r a part. */
  readonly XU: Pointer;
  /** CᵀC, r x r a part. */
  readonly CC: Pointer;
  /** Codes and H before the iteration, N x r and c x r a part: `accelerated-hals` only. */
  readonly before: Pointer;
  readonly beforeH: Pointer;
  /** UᵀU, r x r, of the trial at hand; also CᵀC + diag ρ in the U step. */
  readonly square: Pointer;
  /** A summand of a Gram matrix, r x r. */
  readonly partial: Pointer;
  readonly next: Pointer;
  readonly den: Pointer;
  /** W C, N x r. */
  readonly WC: Pointer;
  /** H V of the source rows, f64. */
  readonly scores: Pointer;
  readonly group: Pointer;
  readonly label: Pointer;
  readonly start: Pointer;
  readonly column: Pointer;
  readonly weight: Pointer;
  readonly degree: Pointer;
  /** f64: sums (G x r), sizes (G), per column values (2 r). */
  readonly sums: Pointer;
  readonly sizes: Pointer;
  readonly roughness: Pointer;
  readonly discrepancy: Pointer;
  readonly pull: Pointer;
  readonly push: Pointer;
  readonly curve: Pointer;
  readonly diagonal: Pointer;
  /** f32[r]: share of the regularisers that a row of V carries. */
  readonly size: Pointer;
  /** f32[r]: reciprocal curvatures, column scales. */
  readonly row: Pointer;
  /** f64[3]. */
  readonly stats: Pointer;
  readonly panels: Pointer;
  readonly scratch: Pointer;
}

/** Bytes of every block, in the order in which they are taken. */
function blocks(s: FactorSizes, kernels: number): { [K in keyof FactorMemory]: number } {
  const { N, d, r, c, k, update, parts, sources, targets } = s;
  const kept = update === 'accelerated-hals' ? parts : 0;
  const G = (sources + targets) * (c + 1);
  const gramRows = Math.min(GRAM_ROWS, Math.max(N, d));
  return {
    U: parts * d * r * 4,
    C: parts * N * r * 4,
    H: parts * c * r * 4,
    XC: parts * d * r * 4,
    XU: parts * N * r * 4,
    CC: parts * r * r * 4,
    before: kept * N * r * 4,
    beforeH: kept * c * r * 4,
    square: r * r * 4,
    partial: r * r * 4,
    next: N * r * 4,
    den: N * r * 4,
    WC: k > 0 ? N * r * 4 : 0,
    scores: N * c * 8,
    group: N * 4,
    label: N * 4,
    start: (N + 1) * 4,
    column: 2 * N * k * 4,
    weight: 2 * N * k * 4,
    degree: N * 4,
    sums: G * r * 8,
    sizes: G * 8,
    roughness: r * 8,
    discrepancy: r * 8,
    pull: G * r * 4,
    push: G * r * 4,
    curve: G * r * 4,
    diagonal: G * 4,
    size: r * 4,
    row: r * 4,
    stats: 24,
    panels: Math.max(Math.ceil(r / 8) * gramRows, Math.ceil(N / 8) * r) * 32,
    scratch: Math.max(splats(r, d, parts), splats(r, N, parts), kernels, 12 * c * r, 8 * r),
  };
}

/** Scratch of the kernels that say themselves what they need. */
function kernelBytes({ exports }: Core, { N, d, r, c, sources }: FactorSizes): number {
  const { ratioBytes, coordinateRowsBytes, coordinateCodesBytes } = exports;
  return Math.max(ratioBytes(d, r), coordinateRowsBytes(r), coordinateCodesBytes(N, N, r, c, sources));
}

/** Bytes that `takeFactors` takes. */
export function factorBytes(core: Core, sizes: FactorSizes): number {
  return Object.values(blocks(sizes, kernelBytes(core, sizes))).reduce(
    (sum, bytes) => sum + aligned(bytes),
    0,
  );
}

/** Takes all blocks from the arena. */
export function takeFactors(core: Core, sizes: FactorSizes): FactorMemory {
  const bytes = blocks(sizes, kernelBytes(core, sizes));
  return Object.fromEntries(
    Object.entries(bytes).map(([name, size]) => [name, core.alloc(size)]),
  ) as unknown as FactorMemory;
}
