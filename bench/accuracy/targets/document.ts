/** Tables of docs/accuracy.md. */
import type { Core } from '../../../js/core/index.js';
import type { Said } from './ask.js';

export async function writeAccuracy(
  _core: Core,
  _lines: ReadonlyMap<string, Said | number | number[]>,
): Promise<void> {}
