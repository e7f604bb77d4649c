/**
 * Workers that tell the objective of every trial of a fit, and not only of one that runs: for drawing.
 *
 * @module
 */
import type { FitJob, TrialsReport } from '../../../js/learn/nmf/index.js';
import type { Workers } from '../../../js/contract/index.js';

/** `tell` hears each iteration of each trial, by the trial's number. */
export function watched(pool: Workers, tell: (report: TrialsReport) => void): Workers {
  return {
    count: pool.count,
    open: async (kind, shared, options) => {
      const round = await pool.open(kind, shared, options);
      return {
        all: (inputs, listener = {}) =>
          round.all(inputs, {
            ...listener,
            report(index, progress) {
              const job = inputs[index] as FitJob;
              if ('trials' in job) tell({ ...(progress as TrialsReport), trial: job.trials.first });
              listener.report?.(index, progress);
            },
          }),
        close: () => round.close(),
      };
    },
  };
}
