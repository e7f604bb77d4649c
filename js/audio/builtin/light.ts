/**
 * compare.wasm as edge-light runtimes import it: Next.js and Vercel know it by `?module`.
 *
 * @module
 */
import module from '../../../build/compare.wasm?module';
import type { BuiltIn } from '../../core/index.js';

// Next.js on a server of one's own compiles it in another realm than this code runs in; the loader asks `instanceof`.
Object.setPrototypeOf(module, WebAssembly.Module.prototype);

export const builtIn: BuiltIn = { compile: async () => module };
