/**
 * Where a factorisation takes place: the samples, what is descended, and the memory of the trials that
 * run side by side. The other files here work on one.
 *
 * @module
 */
import type { Core, Exports, Pointer } from '../../core/index.js';
import type { RowGroups } from './corpus-class-groups.js';
import type { Descent } from './descent.js';
import { type FactorMemory, takeFactors } from './memory.js';
import type { Graph, Samples } from '../../core/samples/index.js';

/** Blocks of one trial (memory.ts). */
export interface Slot {
  readonly U: Pointer;
  readonly C: Pointer;
  readonly H: Pointer;
  readonly XC: Pointer;
  readonly XU: Pointer;
  readonly CC: Pointer;
  readonly before: Pointer;
  readonly beforeH: Pointer;
}

/** A curvature up to this counts as none (assembly/core/factor/update.ts). */
const TINY = 1e-20;
/**
 * Floor of the entries under coordinate descent (method.md, Notation). Under the invariant objective it is 0: a
 * floor is not invariant, and compensation could blow it up.
 */
const FLOOR = 1e-16;

export class FactorSpace {
  readonly core: Core;
  readonly e: Exports;
  readonly samples: Samples;
  readonly descent: Descent;
  readonly c: number;
  readonly groups: RowGroups;
  readonly at: FactorMemory;

  constructor(
    samples: Samples,
    groups: RowGroups,
    c: number,
    graph: Graph | null,
    descent: Descent,
    parts: number,
  ) {
    const { core, N, d } = samples;
    const { r, update } = descent;
    const edges = descent.lambda > 0 ? graph : null;
    this.core = core;
    this.e = core.exports;
    this.samples = samples;
    this.descent = descent;
    this.c = c;
    this.groups = groups;
    const { sources, targets } = groups;
    const k = edges?.neighbours ?? 0;
    this.at = takeFactors(core, { N, d, r, c, k, update, parts, sources, targets });
    core.i32(this.at.group, N).set(groups.group);
    core.i32(this.at.label, N).set(groups.label);
    if (edges) {
      core.i32(this.at.start, N + 1).set(edges.start);
      core.i32(this.at.column, edges.column.length).set(edges.column);
      core.f32(this.at.weight, edges.weight.length).set(edges.weight);
      core.f32(this.at.degree, N).set(edges.degree);
    }
  }

  slot(t: number): Slot {
    const { at, c } = this;
    const { N, d } = this.samples;
    const { r } = this.descent;
    return {
      U: at.U + t * d * r * 4,
      C: at.C + t * N * r * 4,
      H: at.H + t * c * r * 4,
      XC: at.XC + t * d * r * 4,
      XU: at.XU + t * N * r * 4,
      CC: at.CC + t * r * r * 4,
      before: at.before + t * N * r * 4,
      beforeH: at.beforeH + t * c * r * 4,
    };
  }

  /** Copies `length` f32 values. */
  copy(to: Pointer, from: Pointer, length: number): void {
    this.core.f32(to, length).set(this.core.f32(from, length));
  }

  /** f32[r], where kernels look for a value a column. */
  row(values: ArrayLike<number>): Pointer {
    const { row } = this.at;
    this.core.f32(row, this.descent.r).set(values);
    return row;
  }

  /** The smallest that an entry may become. */
  get floor(): number {
    return this.descent.scale === 'invariant' ? 0 : FLOOR;
  }

  /** 1 / x, or 0 where x is no curvature. */
  inverse(curvature: number): number {
    return curvature > TINY ? 1 / curvature : 0;
  }

  /** Γ on a row's own class and on the others. */
  labelWeights(power: 1 | 2 = this.descent.power): [own: number, other: number] {
    const { pos, neg } = this.descent;
    return power === 1 ? [pos, neg] : [pos * pos, neg * neg];
  }
}
