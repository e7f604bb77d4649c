/**
 * How does one factorisation step down its objective? Its products, its steps, its stopping, and the projection of
 * new rows.
 *
 * @module
 */
export { type RowGroups, rowGroups } from './corpus-class-groups.js';
export type { Descent, Factors, Scale, Update } from './descent.js';
export { Factorization } from './factorization.js';
export { factorBytes } from './memory.js';
export { MOMENTUM } from './momentum.js';
export { project } from './project.js';
export { Stopping } from './stopping.js';
