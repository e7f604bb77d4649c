// satnmf.wasm inside the JavaScript: nothing to fetch, nothing to configure.
import type { BuiltIn } from './built-in.js';
import { WASM_HEX } from './embedded-hex.js';
import { bytesOfHex } from './hex.js';

/** The published file, byte for byte. */
export const embeddedBytes = (): Uint8Array<ArrayBuffer> => bytesOfHex(WASM_HEX);

export const builtIn: BuiltIn = { compile: () => WebAssembly.compile(embeddedBytes()) };
