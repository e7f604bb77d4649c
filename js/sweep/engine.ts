// An engine of a sweep: what computes its points, wherever that is.
import type { Run } from '../experiment/results/index.js';
import type { Point } from './points.js';

export interface Engine {
  /**
   * Resolves when all points have been computed, or those under way after `stop` was aborted.
   * @param hear called once for each point, in any order; resolves when the run is kept
   */
  compute(points: readonly Point[], hear: (run: Run) => Promise<void>, stop: AbortSignal): Promise<void>;
  end(): Promise<void>;
}
