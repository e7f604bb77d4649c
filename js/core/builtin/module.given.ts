/**
 * The built-in modules as an entry gives them. In dist/ this stands in for module.ts and module-full.ts, so that the
 * default, the edge and the slim entries share all other code; an entry that gives none is the slim one.
 *
 * @module
 */
import * as none from './module.none.js';

/** What an entry has inside. */
export interface BuiltIn {
  readonly DEFAULT_MAX_BYTES: number;
  /** With the kernels that the default entry reaches, or more. */
  readonly lean: () => Promise<WebAssembly.Module>;
  /** With every kernel. */
  readonly full: () => Promise<WebAssembly.Module>;
}

export let DEFAULT_MAX_BYTES: number = none.DEFAULT_MAX_BYTES;
let { builtInModule: lean, builtInModule: full } = none;

/** Called once by an entry, before anything is loaded. */
export function give(builtIn: BuiltIn): void {
  ({ DEFAULT_MAX_BYTES, lean, full } = builtIn);
}

export function builtInModule(): Promise<WebAssembly.Module> {
  return lean();
}

export function builtInFull(): Promise<WebAssembly.Module> {
  return full();
}
