/**
 * The built-in module of the default entry, embedded (lean.wasm): nothing to fetch, nothing to configure. In dist/
 * module.given.ts stands in for it where Cores are made, and entries give this one, module.static.ts or none.
 *
 * @module
 */
import { LEAN_TEXT } from './embedded-lean.js';
import { MEMORY_LIMIT } from '../core.js';
import { embeddedBytes } from './embedded-bytes.js';

export const DEFAULT_MAX_BYTES = MEMORY_LIMIT;

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(embeddedBytes(LEAN_TEXT));
}
