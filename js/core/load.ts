// The one way to a Core.
import { SatnmfError } from '../errors.js';
import { compileModule, explainedLoadError, type ModuleSource } from './compile.js';
import { builtIn } from './builtin/embedded.js';
import { Core, MEMORY_LIMIT } from './core.js';

/** Where the module comes from, and how much memory it may have. */
export interface LoadOptions extends ModuleSource {
  /** Cap of the wasm memory in bytes. Default: 4 GiB, 96 MiB under the `workerd` and `edge-light` conditions. */
  maxBytes?: number;
}

/**
 * Makes a Core. Its memory starts small and grows to the largest fit that runs on it.
 *
 * @example
 * const core = await load({ maxBytes: 256e6 });
 * const model = await satnmf().fit(task, { core });
 * @throws {SatnmfError} `unsupported`: no WebAssembly, or several places named
 * @throws {SatnmfError} `no-simd`: the runtime lacks wasm SIMD
 * @throws {SatnmfError} `csp`: a content security policy forbids compiling wasm
 * @throws {SatnmfError} `bad-file`: the bytes are not a wasm module
 */
export async function load(options: LoadOptions = {}): Promise<Core> {
  const { maxBytes = builtIn.maxBytes ?? MEMORY_LIMIT } = options;
  if (!Number.isFinite(maxBytes) || maxBytes < 65536)
    throw new SatnmfError('bad-argument', `"maxBytes" must be a number ≥ 65536, got ${String(maxBytes)}`, {
      argument: 'maxBytes',
      expected: 'a number ≥ 65536',
      actual: String(maxBytes),
    });
  const module = await compileModule(options, builtIn);
  try {
    return new Core(module, maxBytes);
  } catch (error) {
    throw explainedLoadError(error);
  }
}

let shared: Promise<Core> | undefined;

/** The Core that fits of this thread share unless they bring their own; made at the first call. */
export function sharedCore(): Promise<Core> {
  shared ??= load().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** @internal Makes a Core the one that fits of this thread share from now on. */
export function shareCore(core: Core): void {
  shared = Promise.resolve(core);
}
