// satnmf.wasm as edge-light runtimes import it: Next.js and Vercel know it by `?module`.
import module from '../../../build/satnmf.wasm?module';
import { EDGE_MEMORY_LIMIT } from '../core.js';
import type { BuiltIn } from './built-in.js';

// Next.js on a server of one's own compiles it in another realm than this code runs in; the loader asks `instanceof`.
Object.setPrototypeOf(module, WebAssembly.Module.prototype);

export const builtIn: BuiltIn = { compile: async () => module, maxBytes: EDGE_MEMORY_LIMIT };
