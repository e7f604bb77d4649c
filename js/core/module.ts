/**
 * The built-in module of the default entry, embedded (lean.wasm): nothing to fetch, nothing to configure. The edge build replaces
 * this file by module.static.ts, the slim build by module.none.ts.
 *
 * @module
 */
import { LEAN_TEXT } from './embedded-lean.js';
import { MEMORY_LIMIT } from './core.js';
import { embeddedBytes } from './embedded-bytes.js';

export const DEFAULT_MAX_BYTES = MEMORY_LIMIT;

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(embeddedBytes(LEAN_TEXT));
}
