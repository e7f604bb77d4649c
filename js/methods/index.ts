/**
 * Which methods are there? The registry of all, and one folder a method. Others take a method from the registry, or
 * its factory from its folder.
 *
 * @module
 */
export {
  DECLARATIONS,
  METHOD_NAMES,
  methodByName,
  methodLabel,
  type MethodName,
  METHODS,
  SEARCHED,
  takesWeights,
} from './registry.js';
export { type FitWork, fitWork } from './work.js';
