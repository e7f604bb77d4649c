/** @module */
export { confusion, type Confusion } from './confusion.js';
export { recalls, uar } from './uar.js';
export { war } from './war.js';
