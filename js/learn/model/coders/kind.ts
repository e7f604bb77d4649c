/**
 * What a kind of coder has to say for itself: one file a kind, listed in coder.ts. Whoever makes a coder tells its kind
 * here, and so does what reads files: a program that never needs a kind does not load it.
 *
 * @module
 */
import type { Core } from '../../../core/index.js';
import type { Matrix, Tensor } from '../../../data/index.js';
import type { Json } from '../../../io/index.js';
import type { Fields, ModelFields } from '../fields.js';

/** Functions of one kind of coder, a plain object C. */
export interface CoderKind<C> {
  /** Codes that a row gets. */
  width(coder: C): number;
  /** Codes (rows x width) of scaled features (rows x d). Row by row: a subset is coded as within the whole. */
  apply(core: Core, coder: C, rows: Matrix): Matrix;
  /** What goes into the header of a file, beside the kind. */
  meta(coder: C): { readonly [key: string]: Json };
  /** What goes beside the header; names begin with `name.`. */
  tensors(coder: C, name: string): Tensor[];
  /** Back from a file: every length, index and size is checked. `d`: features. */
  read(fields: ModelFields, meta: Fields, name: string, d: number): C;
  /** As near to it as half precision comes where that is harmless; idempotent. */
  halved(coder: C): C;
}

const kinds = new Map<string, CoderKind<unknown>>();

/** From now on coders of that kind can be used. */
export function tellKind<C>(name: string, kind: CoderKind<C>): void {
  kinds.set(name, kind);
}

/** The functions of a kind; undefined for one that nobody told. */
export const kindNamed = (name: string): CoderKind<unknown> | undefined => kinds.get(name);
