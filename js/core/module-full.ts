/**
 * The built-in module with every kernel, embedded. In dist/ it is given by entries, as module.ts is.
 *
 * @module
 */
import { WASM_TEXT } from './embedded.js';
import { embeddedBytes } from './embedded-bytes.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(embeddedBytes(WASM_TEXT));
}
