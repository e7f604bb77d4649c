// `load` of the slim entries. It has no module inside even where another entry of the same thread has one.
import type { Core } from '../core.js';
import { load as loadAny, type LoadOptions } from '../load.js';
import { noModule } from './none.js';

/** As `load` of the default entry, but the module must be named. */
export async function load(options: LoadOptions = {}): Promise<Core> {
  const { module, bytes, url } = options;
  if (module === undefined && bytes === undefined && url === undefined) return noModule();
  return loadAny(options);
}
