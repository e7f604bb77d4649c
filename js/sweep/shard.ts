// Shards: parts of a sweep that machines compute without knowing of each other.
import { SatnmfError } from '../errors.js';
import type { Point } from './points.js';
import { groupsOf } from './cost.js';

/** Part `index` (from 1) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `3/7`; or `auto/7`, whose number comes from `JOB_COMPLETION_INDEX` (Kubernetes, from 0) or `SLURM_ARRAY_TASK_ID`;
 * SLURM tells the count too, so that `auto` is enough there.
 * @throws {SatnmfError} `bad-argument`
 */
export function readShard(text: string, env: Environment): Shard {
  const fail = (why: string): never => {
    throw new SatnmfError('bad-argument', `"--shard ${text}": ${why}`, { argument: 'shard', actual: text });
  };
  const found = /^(auto|\d+)(?:\/(\d+))?$/.exec(text.trim());
  if (found === null) return fail('must be i/n such as 3/7, or auto/n');
  const auto = found[1] === 'auto';
  const asked = found[2] ?? (auto ? env['SLURM_ARRAY_TASK_COUNT'] : undefined);
  if (asked === undefined) return fail('must say how many shards there are, such as 3/7 or auto/7');
  const index = auto ? indexFrom(env) : Number(found[1]);
  if (index === null) return fail('neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID is set');
  const count = Number(asked);
  if (!(Number.isSafeInteger(index) && index >= 1 && index <= count))
    return fail(`shard ${index} is not one of 1 to ${count}`);
  return { index, count };
}

function indexFrom(env: Environment): number | null {
  const [kubernetes, slurm] = [env['JOB_COMPLETION_INDEX'], env['SLURM_ARRAY_TASK_ID']];
  if (kubernetes) return Number(kubernetes) + 1;
  if (slurm) return Number(slurm) - Number(env['SLURM_ARRAY_TASK_MIN'] ?? 0) + 1;
  return null;
}

/** The points of a shard: every n-th group of points that share most of their work. */
export function pointsOfShard(points: readonly Point[], { index, count }: Shard): Point[] {
  return groupsOf(points)
    .filter((_, g) => g % count === index - 1)
    .flat();
}
