/**
 * `satnmf sweep merge` and `satnmf sweep status`: what several stores have of a plan.
 *
 * @module
 */
import type { Command } from 'commander';
import { sharedCore } from '../../../core/index.js';
import { SatnmfError } from '../../../errors.js';
import { markdownTable, right } from '../../../experiment/report/index.js';
import { type Run, writeRun } from '../../../experiment/results/index.js';
import { checkOutput, readRunStore, textFile, writeFiles } from '../../../outside/node/index.js';
import { countsOf, type Point, type Standing, standingOf } from '../../../sweep/index.js';
import { need } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';
import { planCommand, type PlanOptions, readSweep } from './inputs.js';

interface Options extends PlanOptions {
  readonly out?: string;
  readonly partly?: true;
}

/** The plan's standing, and all files that were read for it. */
async function standing(
  screen: Screen,
  options: Options,
  file: string,
  stores: readonly string[],
): Promise<Standing & { readonly inputs: readonly string[] }> {
  const { out } = options;
  const { plan, schemes, files } = await readSweep({ screen, options }, file, async (read) => {
    if (out !== undefined) await checkOutput('out', out, [...read, ...stores]);
  });
  const all: Run[] = [];
  for (const store of stores) all.push(...(await readRunStore(store, { signal: screen.signal })));
  const found = await standingOf(await sharedCore(), plan, schemes, all);
  return { ...found, inputs: [...files, ...stores] };
}

const MERGE_EXAMPLES = `
Examples:
  satnmf sweep merge plan.json plan.*-of-7.jsonl --out plan.runs.jsonl
  satnmf sweep merge plan.json plan.1-of-7.jsonl plan.2-of-7.jsonl --out first.jsonl --partly
`;

const STATUS_EXAMPLES = `
Examples:
  satnmf sweep status plan.json plan.runs.jsonl
  satnmf sweep status plan.json plan.*-of-7.jsonl --json
`;

export function sweepMergeCommand(screen: Screen): Command {
  return planCommand('merge', 'merge stores into one, and check that no point is missing')
    .argument('<stores...>', 'stores of runs')
    .option('-o, --out <file>', 'the store to write')
    .option('--partly', 'merge even though points are missing')
    .addHelpText('after', MERGE_EXAMPLES)
    .action(async (file: string, stores: readonly string[], options: Options) => {
      const out = need('sweep merge', '--out <file>', options.out);
      const found = await standing(screen, options, file, stores);
      const { inputs, points, missing, failed, runs, twice, strangers } = found;
      if (missing.length > 0 && options.partly !== true)
        throw new SatnmfError(
          'bad-file',
          `${missing.length} of ${points.length} points are missing, such as ${named(missing[0])}: ` +
            'compute them, or merge what there is with --partly',
          { expected: `${points.length} points`, actual: String(points.length - missing.length) },
        );
      // In the order of the plan: whatever the stores were, the same file.
      const lines = points.flatMap(({ id }) => {
        const run = runs.get(id);
        return run === undefined ? [] : [`${writeRun(run)}\n`];
      });
      await writeFiles([textFile(out, lines.join(''))], { inputs, signal: screen.signal });
      if (strangers > 0) screen.warn(`${strangers} runs are of points that the plan does not have: left out`);
      const counts = { points: points.length, merged: lines.length, missing: missing.length };
      screen.print(
        options.json
          ? JSON.stringify({ store: out, ...counts, failed: failed.length, twice })
          : `${lines.length} of ${points.length} points in ${out}; ${missing.length} missing, ` +
              `${failed.length} failed, ${twice} were there more than once`,
      );
      if (missing.length > 0) screen.partly();
    });
}

const named = ({ scheme, method, varied, seed }: Point): string =>
  `${scheme.name} ${method} ${JSON.stringify({ ...varied, seed })}`;

export function sweepStatusCommand(screen: Screen): Command {
  return planCommand('status', 'show how many points of a plan are done')
    .argument('<stores...>', 'stores of runs')
    .addHelpText('after', STATUS_EXAMPLES)
    .action(async (file: string, stores: readonly string[], options: Options) => {
      const found = await standing(screen, options, file, stores);
      const { points, missing, failed, twice, strangers, final } = found;
      const counts = countsOf(found);
      if (options.json) {
        const numbers = { missing: missing.length, failed: failed.length, twice, strangers };
        return screen.print(JSON.stringify({ points: points.length, final, ...numbers, counts }));
      }
      const heads = [
        { head: 'scheme' },
        { head: 'method' },
        ...['points', 'done', 'failed', 'missing'].map(right),
      ];
      const rows = counts.map((row) => Object.values(row).map(String));
      screen.print(markdownTable(heads, rows));
      const done = points.length - missing.length - failed.length;
      screen.print(
        `\n${done} of ${points.length} points are done${final ? '' : '; more follow from their results'}.`,
      );
    });
}
