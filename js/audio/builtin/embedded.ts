/**
 * compare.wasm inside the JavaScript: nothing to fetch, nothing to configure.
 *
 * @module
 */
import { type BuiltIn, bytesOfHex } from '../../core/index.js';
import { WASM_HEX } from './embedded-hex.js';

export const builtIn: BuiltIn = { compile: () => WebAssembly.compile(bytesOfHex(WASM_HEX)) };
