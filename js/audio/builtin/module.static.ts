/**
 * The built-in compare.wasm as a static import, for runtimes that compile wasm ahead and forbid it later (workerd).
 *
 * @module
 */
import module from '../../../build/compare.wasm';

export async function builtInModule(): Promise<WebAssembly.Module> {
  return module;
}
