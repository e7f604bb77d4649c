/**
 * The built-in compare.wasm, embedded: nothing to fetch, nothing to configure. The edge build replaces
 * this file by module.static.ts.
 *
 * @module
 */
import { bytesOfBase64 } from '../core/base64.js';
import { WASM_BASE64 } from './embedded.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytesOfBase64(WASM_BASE64));
}
