/**
 * Figures are drawn by two packages that satnmf does not bring along: they are larger than all of it.
 *
 * @module
 */
import { SatnmfError } from '../../errors.js';
import type * as Figures from './figures.js';

/** @throws {SatnmfError} `unsupported`: they are not installed */
export async function loadFigures(): Promise<typeof Figures> {
  try {
    return await import('./figures.js');
  } catch (cause) {
    if ((cause as { readonly code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new SatnmfError(
      'unsupported',
      'Figures need two packages: npm install @observablehq/plot linkedom',
      { cause },
    );
  }
}
