/**
 * Instances of compare.wasm. A signal has an instance to itself while it is worked on; idle ones are
 * kept for the next.
 *
 * @module
 */
import { instantiateSync } from '@assemblyscript/loader';
import { compileModule, explainedLoadError, type ModuleSource } from '../core/index.js';
import { SatnmfError } from '../errors.js';
import type { Exports } from './exports.js';
import { builtIn } from './builtin/embedded.js';

/** Instances that grew beyond this are not kept. */
const MOST_IDLE_BYTES = 32 * 2 ** 20;
const MOST_IDLE = 4;

const idle = new WeakMap<WebAssembly.Module, Exports[]>();
let shared: Promise<WebAssembly.Module> | undefined;

/**
 * compare.wasm, compiled: hand it to workers, whose `extract(…, { module })` then skips compiling.
 * Without a source it is the built-in one, compiled once a thread.
 *
 * @throws {SatnmfError} `no-simd`, `csp`, `unsupported`, `bad-file`: as at `load()` of the core
 */
export async function compareModule(source: ModuleSource = {}): Promise<WebAssembly.Module> {
  if (source.module !== undefined || source.bytes !== undefined || source.url !== undefined)
    return compileModule(source, builtIn);
  shared ??= compileModule({}, builtIn).catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** @internal An instance for one signal; give it back with {@link giveBack} if nothing failed. */
export function borrow(module: WebAssembly.Module): Exports {
  const kept = idle.get(module)?.pop();
  if (kept !== undefined) return kept;
  try {
    return instantiateSync(module, {}).exports as unknown as Exports;
  } catch (error) {
    throw explainedLoadError(error);
  }
}

/** @internal */
export function giveBack(module: WebAssembly.Module, instance: Exports): void {
  if (instance.memory.buffer.byteLength > MOST_IDLE_BYTES) return;
  const kept = idle.get(module) ?? [];
  if (kept.length < MOST_IDLE) kept.push(instance);
  idle.set(module, kept);
}

/** @internal A trap is a bug of ours; the instance must not be used again. */
export function explainedTrap(error: unknown): unknown {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return new SatnmfError(
    'internal',
    `The wasm feature extractor trapped (${error.message}); please report this.`,
    { cause: error },
  );
}
