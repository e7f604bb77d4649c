// Where a plan stands: which of its points stores of runs have, which failed, and which are missing.
import type { Core } from '../core/index.js';
import { SatnmfError } from '../errors.js';
import { canonicalJson } from '../experiment/index.js';
import { type FailedRun, isFailed, latest, type Run } from '../experiment/results/index.js';
import type { Plan } from './plan.js';
import type { Point, SchemeData } from './points.js';
import { due } from './schedule.js';

export interface Standing {
  readonly points: readonly Point[];
  /** Whether these are all points that there will be. */
  readonly final: boolean;
  /** The best run of each point, by id. */
  readonly runs: ReadonlyMap<string, Run>;
  readonly missing: readonly Point[];
  readonly failed: readonly FailedRun[];
  /** Runs of a point that has another one already. */
  readonly twice: number;
  /** Runs of points that the plan does not have. */
  readonly strangers: number;
}

/**
 * @param all runs of all stores
 * @throws {SatnmfError} `bad-file` if a point has two different results
 */
export async function standingOf(
  core: Core,
  plan: Plan,
  schemes: readonly SchemeData[],
  all: readonly Run[],
): Promise<Standing> {
  refuseContradictions(all);
  const runs = latest(all);
  const { points, final } = await due(core, plan, schemes, (id) => runs.get(id));
  const known = new Set(points.map(({ id }) => id));
  const own = all.filter(({ id }) => known.has(id));
  return {
    points,
    final,
    runs,
    missing: points.filter(({ id }) => !suffices(runs.get(id), plan)),
    failed: failedOf(points, runs),
    twice: own.length - new Set(own.map(({ id }) => id)).size,
    strangers: all.length - own.length,
  };
}

export const failedOf = (points: readonly Point[], runs: ReadonlyMap<string, Run>): FailedRun[] =>
  points.flatMap(({ id }) => runs.get(id) ?? []).filter(isFailed);

/** Whether a stored run is all that the plan wants to know of its point. */
export function suffices(run: Run | undefined, { sourceCv, traces }: Plan, retryFailed = false): boolean {
  if (run === undefined) return false;
  if (isFailed(run)) return !retryFailed;
  return (sourceCv === null || run.sourceCv !== null) && (!traces || run.objective !== null);
}

export interface CellCount {
  readonly scheme: string;
  readonly method: string;
  readonly points: number;
  readonly done: number;
  readonly failed: number;
  readonly missing: number;
}

/** The counts of every scheme and method, in the order of the points. */
export function countsOf({ points, missing, failed }: Standing): CellCount[] {
  const lost = new Set(missing.map(({ id }) => id));
  const broken = new Set(failed.map(({ id }) => id));
  const cells = new Map(points.map((point) => [`${point.scheme.name} ${point.method}`, point]));
  return [...cells.values()].map(({ scheme, method }) => {
    const own = points.filter((point) => point.scheme === scheme && point.method === method);
    const count = (ids: ReadonlySet<string>): number => own.filter(({ id }) => ids.has(id)).length;
    const [missed, fell] = [count(lost), count(broken)];
    const done = own.length - missed - fell;
    return { scheme: scheme.name, method, points: own.length, done, failed: fell, missing: missed };
  });
}

/** What a run says but for its plan, its time and its machine. */
function contentOf({ uar, war, confusion, predictions, iterations }: Exclude<Run, FailedRun>): string {
  return canonicalJson({ uar, war, confusion, predictions, iterations });
}

/** Of two different results one is wrong. */
function refuseContradictions(runs: readonly Run[]): void {
  const first = new Map<string, Exclude<Run, FailedRun>>();
  for (const run of runs) {
    if (isFailed(run)) continue;
    const before = first.get(run.id) ?? run;
    first.set(run.id, before);
    const [one, other] = [contentOf(before), contentOf(run)];
    if (one === other) continue;
    const machine = ({ versions: { runtime, wasm } }: Run): string =>
      `${runtime} with wasm ${wasm.slice(0, 8)}`;
    throw new SatnmfError(
      'bad-file',
      `point ${run.id} (${run.scheme}, ${run.method}) has two different results: ${machine(before)} and ${machine(run)}`,
      { expected: one.slice(0, 80), actual: other.slice(0, 80) },
    );
  }
}
