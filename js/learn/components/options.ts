// Options that TCA and JDA share: components, and an SVM on the codes.
import { BASE_CHECKS, type BaseOptions, checkC, checkCount, type Checks } from '../fit/index.js';

export interface ComponentOptions extends BaseOptions {
  /**
   * Components r ≥ 1; where there are fewer, fewer are used and a warning says so. Default 64 (ours; Long et al. 2013
   * take 100).
   */
  r: number;
  /** C > 0 of the SVM on the codes, whose mean length is 1. Default 1. */
  C: number;
}

/** Of both presets. */
export const COMPONENT_DEFAULTS = { r: 64, C: 1 } as const;

export const COMPONENT_CHECKS: Checks<ComponentOptions> = { ...BASE_CHECKS, r: checkCount, C: checkC };
