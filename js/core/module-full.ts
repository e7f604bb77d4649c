/**
 * The built-in module with every kernel, embedded. The edge build replaces this file by module.static.ts, the slim
 * build by module.none.ts.
 *
 * @module
 */
import { WASM_TEXT } from './embedded.js';
import { embeddedBytes } from './embedded-bytes.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(embeddedBytes(WASM_TEXT));
}
