/**
 * The built-in module with every kernel: the lean one, which is embedded anyway, and a patch. In dist/ it is given by
 * entries, as module.ts is.
 *
 * @module
 */
import { PATCH_TEXT } from './embedded.js';
import { LEAN_TEXT } from './embedded-lean.js';
import { embeddedBytes } from './embedded-bytes.js';
import { patchedBytes } from './patched-bytes.js';

/** satnmf.wasm, byte for byte. */
export function fullBytes(): Uint8Array<ArrayBuffer> {
  return patchedBytes(embeddedBytes(LEAN_TEXT), embeddedBytes(PATCH_TEXT));
}

export async function builtInModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(fullBytes());
}
