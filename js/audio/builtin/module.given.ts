/**
 * The built-in compare.wasm as an entry gives it. In dist/ this stands in for module.ts, so that the default and the
 * edge entry share all other code.
 *
 * @module
 */
let given: (() => Promise<WebAssembly.Module>) | undefined;

/** Called once by an entry, before anything is extracted. */
export function give(module: () => Promise<WebAssembly.Module>): void {
  given = module;
}

export async function builtInModule(): Promise<WebAssembly.Module> {
  if (given === undefined) throw new Error('An entry of the package gave no compare.wasm.');
  return given();
}
