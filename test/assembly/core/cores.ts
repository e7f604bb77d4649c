/**
 * The release and the debug build of the core, for tests that run on both.
 */
import { readFileSync } from 'node:fs';
import { Core } from '../../../js/core/core.js';
import { MEMORY_LIMIT } from '../../../js/core/core.js';

export type Build = 'release' | 'debug';
export const BUILDS: readonly Build[] = ['release', 'debug'];

const FILES = { release: 'build/satnmf.wasm', debug: 'build/satnmf.debug.wasm' };

/** A new Core of one of the builds (`npm run build -- --debug` makes both). */
export function coreOf(build: Build, maxBytes = MEMORY_LIMIT): Core {
  return new Core(
    new WebAssembly.Module(readFileSync(new URL(`../../../${FILES[build]}`, import.meta.url))),
    maxBytes,
  );
}
