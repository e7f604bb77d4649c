/**
 * Gives the statically imported module (workerd).
 *
 * @module
 */
import { give } from './module.given.js';
import { builtInModule, DEFAULT_MAX_BYTES } from './module.static.js';

give({ DEFAULT_MAX_BYTES, lean: builtInModule, full: builtInModule });
