/**
 * The built-in compare.wasm, embedded: nothing to fetch, nothing to configure. The edge build replaces
 * this file by module.static.ts.
 *
 * @module
 */
import { embeddedBytes } from '../core/embedded-bytes.js';
import { WASM_TEXT } from './embedded.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(embeddedBytes(WASM_TEXT));
}
