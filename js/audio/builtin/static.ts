/**
 * compare.wasm as a static import, for runtimes that compile wasm ahead and forbid it later (workerd).
 *
 * @module
 */
import module from '../../../build/compare.wasm';
import type { BuiltIn } from '../../core/index.js';

export const builtIn: BuiltIn = { compile: async () => module };
