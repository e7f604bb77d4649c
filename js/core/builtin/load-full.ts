/**
 * The way to a Core with every kernel, for `satnmf/methods`.
 *
 * @module
 */
import { SatnmfError } from '../../errors.js';
import type { Core } from '../core.js';
import { loadFrom, type LoadOptions, sharing } from '../load.js';
import { builtInModule } from './module-full.js';

/**
 * Makes a Core with the kernels of every method. One from `load()` of the default entry has those of SATNMF, its
 * special cases and `svm` only. Otherwise as that.
 *
 * @throws {SatnmfError} as `load()` of the default entry does
 */
export function load(options: LoadOptions = {}): Promise<Core> {
  return loadFrom(options, builtInModule);
}

/** The Core that fits of compared methods share in this thread unless they bring their own. */
export const sharedFullCore: () => Promise<Core> = sharing(load);

/**
 * A Core that somebody brought must have the kernels of every method.
 *
 * @throws {SatnmfError} `unsupported`
 */
export function checkFull(core: Core): Core {
  // One kernel stands for all.
  if ('tridiagonalize' in core.exports) return core;
  throw new SatnmfError(
    'unsupported',
    '"core" lacks the kernels of this method: make it by load() of satnmf/methods, or leave it out',
    { argument: 'core', expected: 'a Core from satnmf/methods' },
  );
}
