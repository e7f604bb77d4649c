/**
 * The place where the entries of dist/ put their compare.wasm; every entry that extracts brings one.
 *
 * @module
 */
import type { BuiltIn } from '../../core/index.js';

export let builtIn: BuiltIn;

/** Called by an entry before anything is extracted. */
export function give(given: BuiltIn): void {
  builtIn = given;
}
