/**
 * The Core of methods that need every kernel.
 *
 * @module
 */
import { checkFull, sharedFullCore } from '../../core/builtin/load-full.js';
import type { CoreChoice } from './procedure.js';

/** The Core that was brought, if it has every kernel, or the one that these methods share in this thread. */
export const fullCore: CoreChoice = (given) => (given === undefined ? sharedFullCore() : checkFull(given));
