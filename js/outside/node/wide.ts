// Wide mode: V8 fuses pairs of 128-bit operations of wasm into 256-bit ones (AVX2).
import { type Core, load, type LoadOptions } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';

/** Why this process has no wide mode; undefined where it has one. */
function missing(): string | undefined {
  const { bun, deno, node } = process.versions;
  if (bun !== undefined || deno !== undefined)
    return `this is ${bun === undefined ? `Deno ${deno}` : `Bun ${bun}`}`;
  if (Number.parseInt(node) < 24) return `this is Node ${node}`;
  return process.arch === 'x64' ? undefined : `this processor is ${process.arch}`;
}

/**
 * As `load()`, with products at least a third faster on Node 24 and later, on x64. The same bits. Sets the V8 flag
 * `--experimental-wasm-revectorize` for the whole process, so call it before anything else makes a Core.
 *
 * @example
 * const core = await loadWide();
 * const model = await satnmf().fit(task, { core });
 * @throws {SatnmfError} `unsupported`: not Node 24 or later, or not x64; else as `load()`
 */
export async function loadWide(options: LoadOptions = {}): Promise<Core> {
  const because = missing();
  if (because !== undefined)
    throw new SatnmfError('unsupported', `Wide mode needs Node 24 or later on x64, and ${because}`, {
      expected: 'Node 24 or later on x64',
      actual: because,
    });
  // Bun and Deno read this file too, and need not have it.
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--experimental-wasm-revectorize');
  const core = await load(options);
  core.widen();
  return core;
}
