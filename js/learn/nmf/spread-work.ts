// The jobs of a fit on a worker.
import { pause } from '../../core/index.js';
import { gramColumns, gramColumnsBytes, pack, samplesBytes } from '../../core/samples/index.js';
import { runTrials, type TrialRows, type TrialsReport } from './trials.js';
import { FIT_JOBS, type FitAnswer, type FitJob } from './spread.js';
import type { JobKind } from '../../contract/index.js';

/** Jobs of a fit on a worker, which packs the rows once for all that it is given. */
export const FIT: JobKind<TrialRows, FitJob, TrialsReport, FitAnswer> = {
  name: FIT_JOBS,
  work: (core, rows, jobs) =>
    core.exclusive(async () => {
      const { source, target } = rows;
      const N = source.rows + target.rows;
      core.reserve(samplesBytes(N, source.cols), 'This fit');
      const samples = pack(core, source, target);
      for await (const { input, signal, report, done } of jobs) {
        if ('columns' in input) {
          core.reserve(gramColumnsBytes(N, source.cols, input.columns), 'This fit');
          done(gramColumns(samples, input.columns));
          continue;
        }
        const breathe = async (): Promise<void> => {
          await pause();
          signal.throwIfAborted();
        };
        done(await runTrials(samples, rows, input.trials, { report, breathe }));
      }
    }),
};
