// Runs in order: schemes, within them methods, within them configurations, and those over their seeds.
//
// Nothing here depends on the order of the runs: stores that were written side by side have none.
import { quote } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { type DoneRun, type FailedRun, isFailed, latest, type Run } from './run.js';
import { type Mean, meanOf } from './mean.js';

/** A method with all its options but the seed, and what came of it under each seed. */
export interface Configuration {
  readonly method: string;
  /** Options that the sweep set away from its base; empty for the base itself. */
  readonly varied: DoneRun['varied'];
  readonly axis: string | null;
  readonly options: DoneRun['options'];
  /** By seed; at least one. */
  readonly runs: readonly DoneRun[];
  readonly uar: Mean;
  readonly war: Mean;
}

/** What a method did on a scheme: a cell of the table of results before one configuration is chosen. */
export interface Cell {
  readonly method: string;
  /** Those that came to something, in an order of their own. */
  readonly configurations: readonly Configuration[];
  /** Configurations that were tried, those included that failed or lost a race before its end. */
  readonly searched: number;
  readonly failed: readonly FailedRun[];
}

/** A pair of corpora with what every method did on it. */
export interface SchemeRuns {
  readonly scheme: string;
  readonly source: DoneRun['source'];
  readonly target: DoneRun['target'];
  readonly classes: readonly string[];
  /** Class index of each target row, −1 where its emotion is not known. Empty if every run failed. */
  readonly truth: readonly number[];
  readonly cells: readonly Cell[];
}

/** The schemes of Table 2 of the paper, in its order. */
const PAPER_SCHEMES = ['e2E', 'E2B', 'B2C', 'C2e'];

/** Names in the order of `first`, those that it does not have after them by code unit. */
export function inOrder(names: Iterable<string>, first: readonly string[]): string[] {
  const rank = (name: string): number => {
    const at = first.indexOf(name);
    return at < 0 ? first.length : at;
  };
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Equal options have equal keys. */
export function keyOf(options: DoneRun['options']): string {
  const names = Object.keys(options)
    .filter((name) => name !== 'seed')
    .sort();
  return JSON.stringify(names.map((name) => [name, options[name]]));
}

/**
 * Groups runs, one a point ({@link latest}). Those with less than the whole budget count as searched only.
 * @param methods order of the methods; others follow by code unit. Default: none
 * @throws {SatnmfError} `bad-argument`: a scheme whose runs are of different corpora
 */
export function schemesOf(runs: Iterable<Run>, methods: readonly string[] = []): SchemeRuns[] {
  const byScheme = groups(latest(runs).values(), ({ scheme }) => scheme);
  return inOrder(byScheme.keys(), PAPER_SCHEMES).map((scheme) => {
    const all = byScheme.get(scheme) as Run[];
    const [{ source, target, classes }] = all;
    for (const run of all) checkSame(all[0], run);
    const byMethod = groups(all, ({ method }) => method);
    const cells = inOrder(byMethod.keys(), methods).map((method) =>
      cellOf(method, byMethod.get(method) as Run[]),
    );
    const done = all.find((run): run is DoneRun => !isFailed(run));
    return { scheme, source, target, classes, truth: done?.truth ?? [], cells };
  });
}

/** Items by key, in the order of the first of each. */
export function groups<T>(items: Iterable<T>, keyed: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyed(item);
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return found;
}

function cellOf(method: string, runs: readonly Run[]): Cell {
  const done = runs.filter((run): run is DoneRun => !run.partial && !isFailed(run));
  const searched = new Set(runs.map(({ varied }) => keyOf(varied))).size;
  const byOptions = groups(done, ({ options }) => keyOf(options));
  const configurations = [...byOptions.keys()].sort().map((key): Configuration => {
    const seeds = (byOptions.get(key) as DoneRun[]).sort((a, b) => a.seed - b.seed);
    // The base may lie on an axis of the plan, too; it is the base then.
    const [{ options, varied, axis }] = [...seeds].sort(
      (a, b) => Object.keys(a.varied).length - Object.keys(b.varied).length,
    );
    const [uar, war] = [meanOf(seeds.map((run) => run.uar)), meanOf(seeds.map((run) => run.war))];
    return { method, varied, axis, options, runs: seeds, uar, war };
  });
  return { method, configurations, searched, failed: runs.filter(isFailed) };
}

/** Runs of different data must not stand in the same table. */
function checkSame(one: Run, other: Run): void {
  for (const side of ['source', 'target'] as const)
    if (one[side].sha256 !== other[side].sha256)
      throw new SatnmfError(
        'bad-argument',
        `runs of scheme ${quote(one.scheme)} are of different ${side} corpora (${quote(one[side].name)} with ` +
          `${one[side].rows} rows, ${quote(other[side].name)} with ${other[side].rows}): report them apart`,
        { argument: 'runs', expected: one[side].sha256, actual: other[side].sha256 },
      );
}
