/**
 * The built-in compare.wasm, embedded: nothing to fetch, nothing to configure. In dist/
 * module.given.ts stands in for it, and entries give this one or module.static.ts.
 *
 * @module
 */
import { embeddedBytes } from '../../core/builtin/embedded-bytes.js';
import { WASM_TEXT } from './embedded.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(embeddedBytes(WASM_TEXT));
}
