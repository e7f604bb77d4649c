// What an entry of the package brings along: a wasm module, embedded or imported, or none. The files of this room are
// the ways to bring satnmf.wasm; those of js/audio/builtin/ are the ways to bring compare.wasm.
//
// The sources import `embedded.ts`. In dist/ all entries share one load.ts, which imports `none.ts` in its place, and
// each entry begins by giving it the `builtIn` of embedded.ts, static.ts or light.ts (scripts/entries.mjs).

export interface BuiltIn {
  /** The module, compiled. */
  compile(): Promise<WebAssembly.Module>;
  /** Cap of a Core's memory unless `load({ maxBytes })` names another, bytes. Default: all that wasm can have. */
  readonly maxBytes?: number;
}
