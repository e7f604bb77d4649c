/**
 * The built-in module with every kernel as an entry gives it; stands in for module-full.ts in dist/.
 *
 * @module
 */
export { builtInFull as builtInModule } from './module.given.js';
