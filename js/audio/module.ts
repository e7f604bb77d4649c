/**
 * The built-in compare.wasm, embedded: nothing to fetch, nothing to configure. The edge build replaces
 * this file by module.static.ts.
 *
 * @module
 */
import { WASM_BASE64 } from './embedded.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  const text = atob(WASM_BASE64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return WebAssembly.compile(bytes);
}
