/**
 * Gives the compare.wasm that edge-light runtimes compile: Next.js and Vercel know it by `?module`.
 *
 * @module
 */
import module from '../../../build/compare.wasm?module';
import { give } from './module.given.js';

// Next.js on a server of one's own compiles it in another realm than this code runs in; the loader asks `instanceof`.
Object.setPrototypeOf(module, WebAssembly.Module.prototype);
give(async () => module);
