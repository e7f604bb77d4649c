/**
 * The package from its sources, both entries in one object as the checks want it.
 */
import * as index from '../../../js/entries/index.js';
import * as methods from '../../../js/entries/methods.js';
import type { Package } from './check.js';

export const whole: Package = { ...index, ...methods };
