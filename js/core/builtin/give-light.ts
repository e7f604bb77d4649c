/**
 * Gives the module that edge-light runtimes compile: Next.js and Vercel know it by `?module`.
 *
 * @module
 */
import module from '../../../build/satnmf.wasm?module';
import { EDGE_MEMORY_LIMIT } from '../core.js';
import { give } from './module.given.js';

// Next.js on a server of one's own compiles it in another realm than this code runs in; the loader asks `instanceof`.
Object.setPrototypeOf(module, WebAssembly.Module.prototype);
const builtInModule = async (): Promise<WebAssembly.Module> => module;
give({ DEFAULT_MAX_BYTES: EDGE_MEMORY_LIMIT, lean: builtInModule, full: builtInModule });
