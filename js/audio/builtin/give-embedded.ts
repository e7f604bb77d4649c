/**
 * Gives the embedded compare.wasm.
 *
 * @module
 */
import { give } from './module.given.js';
import { builtInModule } from './module.js';

give(builtInModule);
