/**
 * Gives the statically imported compare.wasm (workerd).
 *
 * @module
 */
import { give } from './module.given.js';
import { builtInModule } from './module.static.js';

give(builtInModule);
