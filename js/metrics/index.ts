// What are confusion, UAR and WAR?
export { type Confusion, confusion } from './confusion.js';
export { recalls, uar } from './uar.js';
export { war } from './war.js';
