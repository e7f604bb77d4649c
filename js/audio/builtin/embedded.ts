/**
 * compare.wasm inside the JavaScript: nothing to fetch, nothing to configure.
 *
 * @module
 */
import type { BuiltIn } from '../../core/builtin/built-in.js';
import { bytesOfHex } from '../../core/builtin/hex.js';
import { WASM_HEX } from './embedded-hex.js';

export const builtIn: BuiltIn = { compile: () => WebAssembly.compile(bytesOfHex(WASM_HEX)) };
