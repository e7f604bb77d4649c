/**
 * The built-in module as a static import, for runtimes that compile wasm ahead and forbid it later
 * (workerd, edge-light).
 *
 * @module
 */
import module from '../../build/satnmf.wasm';

/** These runtimes give an isolate 128 MB in all. */
export const DEFAULT_MAX_BYTES = 96 * 2 ** 20;

export async function builtInModule(): Promise<WebAssembly.Module> {
  return module;
}
