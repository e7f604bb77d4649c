// satnmf.wasm as a static import, for runtimes that compile wasm ahead and forbid it later (workerd).
import module from '../../../build/satnmf.wasm';
import { EDGE_MEMORY_LIMIT } from '../core.js';
import type { BuiltIn } from './built-in.js';

export const builtIn: BuiltIn = { compile: async () => module, maxBytes: EDGE_MEMORY_LIMIT };
