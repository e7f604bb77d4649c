/**
 * `load` of the slim entries: whatever other entries of this thread have inside, these have nothing.
 *
 * @module
 */
import type { Core } from '../core.js';
import { loadFrom, type LoadOptions } from '../load.js';
import { builtInModule } from './module.none.js';

/** As `load` of the default entry, but the module must be named. */
export function load(options: LoadOptions = {}): Promise<Core> {
  return loadFrom(options, builtInModule);
}
