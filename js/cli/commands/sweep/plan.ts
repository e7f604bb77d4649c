/**
 * `satnmf sweep plan`: the points of a plan and what they would take.
 *
 * @module
 */
import { Command } from 'commander';
import { sharedCore } from '../../../core/load.js';
import type { Point } from '../../../sweep/points.js';
import { due } from '../../../sweep/schedule.js';
import { addAudioOptions, type AudioOptions } from '../../options/audio-options.js';
import type { ExitCode } from '../../screen/exit-code.js';
import { addMissingOption, addScreenOptions, type MissingOptions } from '../../options/options.js';
import { duration } from '../../screen/progress.js';
import type { Screen } from '../../screen/screen.js';
import { costOf, fittedOf } from '../../../sweep/cost.js';
import { readSweep } from './inputs.js';
import { markdownTable } from '../../../experiment/report/markdown-table.js';

interface Options extends MissingOptions, AudioOptions {
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  satnmf sweep plan plan.json
  satnmf sweep plan plan.json --json > points.json
`;

export function sweepPlanCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  const command = new Command('plan')
    .description('check a plan, and say which points it has and about how long they take')
    .argument('<plan>', 'the plan, a JSON file');
  addScreenOptions(addAudioOptions(addMissingOption(command))).addHelpText('after', EXAMPLES);
  return command.action(async (file: string, options: Options) => {
    const { plan, schemes } = await readSweep({ screen, exit, options }, file);
    const { points, final } = await due(await sharedCore(), plan, schemes, () => undefined);
    const seconds = secondsOf(points, plan.sourceCv);
    if (options.json) {
      const plain = points.map(({ scheme, ...point }) => ({ ...point, scheme: scheme.name }));
      screen.print(JSON.stringify({ count: points.length, final, coreSeconds: seconds, points: plain }));
      return;
    }
    const rows = schemes.flatMap((scheme) =>
      [...new Set(points.map(({ method }) => method))].map((method) => {
        const own = points.filter((point) => point.scheme === scheme && point.method === method);
        const time = duration(secondsOf(own, plan.sourceCv));
        return [scheme.name, method, String(own.length), String(fittedOf(own).length), time];
      }),
    );
    const right = (head: string) => ({ head, align: 'right' as const });
    const heads = [{ head: 'scheme' }, { head: 'method' }, right('points'), right('fits'), right('at most')];
    screen.print(markdownTable(heads, rows));
    const more = final ? '' : ' in the first round of halving; later rounds follow from its results';
    screen.print(
      `\n${points.length} points${more}. At most about ${duration(seconds)} of one core if every fit goes on to its last iteration.`,
    );
  });
}

/** What is shared is counted once. */
function secondsOf(points: readonly Point[], sourceCv: number | null): number {
  return fittedOf(points).reduce((sum, point) => sum + costOf(point, { sourceCv }), 0);
}
