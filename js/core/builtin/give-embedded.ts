/**
 * Gives the embedded modules: the lean one at once, the one with every kernel when a method asks for it.
 *
 * @module
 */
import { give } from './module.given.js';
import { builtInModule as lean, DEFAULT_MAX_BYTES } from './module.js';

const full = async (): Promise<WebAssembly.Module> => (await import('./module-full.js')).builtInModule();
give({ DEFAULT_MAX_BYTES, lean, full });
