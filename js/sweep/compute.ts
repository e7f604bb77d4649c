// The loop of a sweep: computes what is due and not stored, until nothing is left or somebody stops it.
import type { Core } from '../core/index.js';
import type { Run } from '../experiment/results/index.js';
import type { RunStore } from '../outside/node/index.js';
import type { Engine } from './engine.js';
import type { Plan } from './plan.js';
import type { Point, SchemeData } from './points.js';
import { due } from './schedule.js';
import { pointsOfShard, type Shard } from './shard.js';
import { suffices } from './standing.js';

export interface Sweep {
  readonly core: Core;
  readonly plan: Plan;
  readonly schemes: readonly SchemeData[];
  readonly store: RunStore;
  readonly engine: Engine;
  /** Null: all points. */
  readonly shard: Shard | null;
  /** Whether points that failed before are computed again. */
  readonly retryFailed: boolean;
  /** Aborts when no further point shall be begun; those under way are finished and kept. */
  readonly stop: AbortController;
}

/** Hears of the points that are about to be computed, and returns who hears of their runs. */
export type Round = (
  own: readonly Point[],
  missing: readonly Point[],
) => { readonly hear: (run: Run) => void; readonly end: () => void };

/** How far a sweep came. */
export interface Progress {
  /** All points, or those of the shard, that are known by now. */
  readonly own: readonly Point[];
  readonly done: number;
  readonly computed: number;
}

/**
 * Computes every point that the store does not have, each once.
 * @throws what the store throws: what cannot be kept is not computed
 */
export async function computeDue(sweep: Sweep, round: Round): Promise<Progress> {
  const { core, plan, schemes, store, shard, retryFailed, stop } = sweep;
  const tried = new Set<string>();
  for (;;) {
    const known = (await due(core, plan, schemes, (id) => store.runs.get(id))).points;
    const own = shard === null ? known : pointsOfShard(known, shard);
    const missing = own.filter(
      ({ id }) => !tried.has(id) && !suffices(store.runs.get(id), plan, retryFailed),
    );
    if (missing.length === 0 || stop.signal.aborted)
      return { own, done: own.length - missing.length, computed: tried.size };
    await computeAll(sweep, missing, round(own, missing));
    if (!stop.signal.aborted) for (const { id } of missing) tried.add(id);
  }
}

async function computeAll(
  { store, engine, stop }: Sweep,
  points: readonly Point[],
  { hear, end }: ReturnType<Round>,
): Promise<void> {
  const failures: unknown[] = [];
  const keep = (run: Run): Promise<void> => {
    hear(run);
    return store.append(run).catch((error: unknown) => {
      // A full disk: no point in computing what cannot be kept.
      failures.push(error);
      stop.abort();
    });
  };
  try {
    await engine.compute(points, keep, stop.signal);
    await store.written();
    if (failures.length > 0) throw failures[0];
  } finally {
    end();
  }
}
