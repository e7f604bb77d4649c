/**
 * In which components are two corpora alike? What tca and jda share.
 *
 * @module
 */
export { COMPONENT_CHECKS, COMPONENT_DEFAULTS, type ComponentOptions } from './options.js';
export {
  centredKernel,
  type Components,
  componentsBytes,
  type Kernel,
  learntFrom,
  meanDifference,
  transferComponents,
} from './transfer-components.js';
