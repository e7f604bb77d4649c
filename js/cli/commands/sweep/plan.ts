/**
 * `satnmf sweep plan`: the points of a plan and what they would take.
 *
 * @module
 */
import type { Command } from 'commander';
import { sharedCore } from '../../../core/index.js';
import { costOf, due, fittedOf, type Point } from '../../../sweep/index.js';
import { duration } from '../../screen/progress.js';
import type { Screen } from '../../screen/screen.js';
import { planCommand, type PlanOptions, readSweep } from './inputs.js';
import { markdownTable, right } from '../../../experiment/report/index.js';

const EXAMPLES = `
Examples:
  satnmf sweep plan plan.json
  satnmf sweep plan plan.json --json > points.json
`;

export function sweepPlanCommand(screen: Screen): Command {
  const command = planCommand('plan', 'check a plan, and show its points and about how long they take');
  command.addHelpText('after', EXAMPLES);
  return command.action(async (file: string, options: PlanOptions) => {
    const { plan, schemes } = await readSweep({ screen, options }, file);
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
