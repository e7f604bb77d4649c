/**
 * No built-in module: the slim entry, for those who bring `satnmf/core.wasm` themselves.
 *
 * @module
 */
import { SatnmfError } from '../../errors.js';
import { MEMORY_LIMIT } from '../core.js';

export const DEFAULT_MAX_BYTES = MEMORY_LIMIT;

export async function builtInModule(): Promise<WebAssembly.Module> {
  throw new SatnmfError(
    'unsupported',
    'satnmf/slim has no wasm inside: make a Core by load({ module }), load({ bytes }) or load({ url }) ' +
      'from satnmf/core.wasm and pass it as the option "core"',
    { argument: 'core', expected: 'a Core' },
  );
}
