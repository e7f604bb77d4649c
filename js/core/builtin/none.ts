// No satnmf.wasm: the slim entries, for those who bring `satnmf/core.wasm` themselves. Also the place where the other
// entries of dist/ put theirs.
import { SatnmfError } from '../../errors.js';
import type { BuiltIn } from './built-in.js';

export async function noModule(): Promise<never> {
  throw new SatnmfError(
    'unsupported',
    'satnmf/slim has no wasm inside: make a Core by load({ module }), load({ bytes }) or load({ url }) ' +
      'from satnmf/core.wasm and pass it as the option "core"',
    { argument: 'core', expected: 'a Core' },
  );
}

export let builtIn: BuiltIn = { compile: noModule };

/** Called by an entry before anything is loaded. */
export function give(given: BuiltIn): void {
  builtIn = given;
}
