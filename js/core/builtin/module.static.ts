/**
 * The built-in module as a static import, for runtimes that compile wasm ahead and forbid it later (workerd).
 *
 * @module
 */
import module from '../../../build/satnmf.wasm';

export { EDGE_MEMORY_LIMIT as DEFAULT_MAX_BYTES } from '../core.js';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return module;
}
