/**
 * `satnmf sweep merge` and `satnmf sweep status`: what several stores have of a plan.
 *
 * @module
 */
import { Command } from 'commander';
import { sharedCore } from '../../../core/load.js';
import { SatnmfError } from '../../../errors.js';
import { canonicalJson } from '../../../experiment/fingerprint.js';
import type { Plan } from '../../../sweep/plan.js';
import type { Point } from '../../../sweep/points.js';
import { isFailed, latest, type Run, writeRun } from '../../../experiment/results/run.js';
import { due } from '../../../sweep/schedule.js';
import { readRunStore } from '../../../outside/node/run-store.js';
import { checkOutput, writeFiles } from '../../../outside/node/files.js';
import { addAudioOptions, type AudioOptions } from '../../options/audio-options.js';
import type { ExitCode } from '../../screen/exit-code.js';
import { addMissingOption, addScreenOptions, type MissingOptions, need } from '../../options/options.js';
import type { Screen } from '../../screen/screen.js';
import { readSweep } from './inputs.js';
import { suffices } from './run.js';
import { markdownTable } from '../../../experiment/report/markdown-table.js';

interface Options extends MissingOptions, AudioOptions {
  readonly out?: string;
  readonly partly?: true;
  readonly json?: true;
}

/** A plan's points with what stores have of them. */
interface Standing {
  readonly plan: Plan;
  /** All that was read. */
  readonly inputs: readonly string[];
  readonly points: readonly Point[];
  /** Whether these are all points that there will be. */
  readonly final: boolean;
  readonly runs: ReadonlyMap<string, Run>;
  readonly missing: readonly Point[];
  readonly failed: readonly Run[];
  /** Runs of a point that has another one already. */
  readonly twice: number;
  /** Runs of points that the plan does not have. */
  readonly strangers: number;
}

async function standing(
  screen: Screen,
  exit: (code: ExitCode) => void,
  options: Options,
  file: string,
  stores: readonly string[],
): Promise<Standing> {
  const { out } = options;
  const { plan, schemes, files } = await readSweep({ screen, exit, options }, file, async (read) => {
    if (out !== undefined) await checkOutput('out', out, [...read, ...stores]);
  });
  const all: Run[] = [];
  for (const store of stores) all.push(...(await readRunStore(store, { signal: screen.signal })));
  refuseContradictions(all);
  const runs = latest(all);
  const { points, final } = await due(await sharedCore(), plan, schemes, (id) => runs.get(id));
  const known = new Set(points.map(({ id }) => id));
  const own = all.filter(({ id }) => known.has(id));
  const distinct = new Set(own.map(({ id }) => id)).size;
  return {
    plan,
    inputs: [...files, ...stores],
    points,
    final,
    runs,
    missing: points.filter(({ id }) => !suffices(runs.get(id), plan)),
    failed: points.map(({ id }) => runs.get(id)).filter((run) => run !== undefined && isFailed(run)),
    twice: own.length - distinct,
    strangers: all.length - own.length,
  };
}

/** What a run says but for its plan, its time and its machine. */
function contentOf(run: Run): string {
  if (isFailed(run)) return '';
  const { uar, war, confusion, predictions, iterations } = run;
  return canonicalJson({ uar, war, confusion, predictions, iterations });
}

/** @throws {SatnmfError} `bad-file` if a point has two different results: one of them is wrong */
function refuseContradictions(runs: readonly Run[]): void {
  const first = new Map<string, Run>();
  for (const run of runs) {
    if (isFailed(run)) continue;
    const before = first.get(run.id);
    if (before === undefined) first.set(run.id, run);
    else if (contentOf(before) !== contentOf(run))
      throw new SatnmfError(
        'bad-file',
        `point ${run.id} (${run.scheme}, ${run.method}) has two different results: ` +
          `${before.versions.runtime} with wasm ${before.versions.wasm.slice(0, 8)} and ` +
          `${run.versions.runtime} with wasm ${run.versions.wasm.slice(0, 8)}`,
        { expected: contentOf(before).slice(0, 80), actual: contentOf(run).slice(0, 80) },
      );
  }
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

function makeCommand(name: string, description: string, stores: string): Command {
  const command = new Command(name)
    .description(description)
    .argument('<plan>', 'the plan, a JSON file')
    .argument('<stores...>', stores);
  return addScreenOptions(addAudioOptions(addMissingOption(command)));
}

export function sweepMergeCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  return makeCommand(
    'merge',
    'put stores together into one, and check that no point is missing',
    'stores of runs',
  )
    .option('-o, --out <file>', 'the store to write')
    .option('--partly', 'merge even though points are missing')
    .addHelpText('after', MERGE_EXAMPLES)
    .action(async (file: string, stores: readonly string[], options: Options) => {
      const out = need('sweep merge', '--out <file>', options.out);
      const found = await standing(screen, exit, options, file, stores);
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
      const bytes = new TextEncoder().encode(lines.join(''));
      await writeFiles([{ name: out, bytes }], { inputs, signal: screen.signal });
      if (strangers > 0) screen.warn(`${strangers} runs are of points that the plan does not have: left out`);
      const about = {
        points: points.length,
        merged: lines.length,
        missing: missing.length,
        failed: failed.length,
        twice,
      };
      if (options.json) screen.print(JSON.stringify({ store: out, ...about }));
      else
        screen.print(
          `${lines.length} of ${points.length} points in ${out}; ${missing.length} missing, ${failed.length} failed, ` +
            `${twice} were there more than once`,
        );
      if (missing.length > 0) exit(1);
    });
}

const named = ({ scheme, method, varied, seed }: Point): string =>
  `${scheme.name} ${method} ${JSON.stringify({ ...varied, seed })}`;

export function sweepStatusCommand(screen: Screen, exit: (code: ExitCode) => void): Command {
  const command = makeCommand('status', 'say how far a plan is', 'stores of runs');
  return command
    .addHelpText('after', STATUS_EXAMPLES)
    .action(async (file: string, stores: readonly string[], options: Options) => {
      const { points, missing, failed, twice, strangers, final } = await standing(
        screen,
        exit,
        options,
        file,
        stores,
      );
      const lost = new Set(missing.map(({ id }) => id));
      const broken = new Set(failed.map(({ id }) => id));
      const cells = new Map(points.map((point) => [`${point.scheme.name} ${point.method}`, point]));
      const counts = [...cells.values()].map((cell) => {
        const [scheme, { method }] = [cell.scheme.name, cell];
        const own = points.filter((point) => point.scheme === cell.scheme && point.method === method);
        const count = (ids: ReadonlySet<string>): number => own.filter(({ id }) => ids.has(id)).length;
        const [missed, fell] = [count(lost), count(broken)];
        return {
          scheme,
          method,
          points: own.length,
          done: own.length - missed - fell,
          failed: fell,
          missing: missed,
        };
      });
      if (options.json) {
        screen.print(
          JSON.stringify({
            points: points.length,
            final,
            missing: missing.length,
            failed: failed.length,
            twice,
            strangers,
            counts,
          }),
        );
        return;
      }
      const right = (head: string) => ({ head, align: 'right' as const });
      const heads = [
        { head: 'scheme' },
        { head: 'method' },
        ...['points', 'done', 'failed', 'missing'].map(right),
      ];
      screen.print(
        markdownTable(
          heads,
          counts.map((row) => Object.values(row).map(String)),
        ),
      );
      const done = points.length - missing.length - failed.length;
      screen.print(
        `\n${done} of ${points.length} points are done${final ? '' : '; more follow from their results'}.`,
      );
    });
}
