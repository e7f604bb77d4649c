// What of a plan is due, given what is done: all points at once, or under successive halving heat after heat.
import type { Core } from '../core/index.js';
import type { Plan, Strategy } from './plan.js';
import { type Combination, combinationsOf, type Point, pointsOf, type SchemeData } from './points.js';
import { isFailed, type Run } from '../experiment/results/index.js';

type Halving = Extract<Strategy, { kind: 'halving' }>;

/** Points that are known by now, and whether more follow once all of them are done. */
export interface Due {
  readonly points: readonly Point[];
  readonly final: boolean;
}

/**
 * It depends on the plan and the results only, so a sweep that was stopped goes on where it was, on any machine.
 * @param done what came of a point; undefined if nothing yet
 */
export async function due(
  core: Core,
  plan: Plan,
  schemes: readonly SchemeData[],
  done: (id: string) => Run | undefined,
): Promise<Due> {
  const { strategy, seeds } = plan;
  const combinations = combinationsOf(core, plan);
  if (strategy.kind !== 'halving')
    return { points: await pointsOf(combinations, schemes, seeds), final: true };
  const points: Point[] = [];
  let final = true;
  // Each method races on each scheme by itself.
  for (const scheme of schemes)
    for (const planned of plan.methods) {
      const runners = combinations.filter((combination) => combination.planned === planned);
      const race = await raceOf(runners, scheme, strategy, seeds, done);
      points.push(...race.points);
      final &&= race.final;
    }
  return { points, final };
}

/** Budgets of the heats, ascending; the last is the whole. */
export function budgets(
  whole: number,
  points: number,
  { eta, least }: Pick<Halving, 'eta' | 'least'>,
): number[] {
  const found = [whole];
  for (let left = points; left > 1; left = Math.ceil(left / eta)) {
    const next = Math.floor(found[0] / eta);
    if (next < least) break;
    found.unshift(next);
  }
  return found;
}

async function raceOf(
  runners: readonly Combination[],
  scheme: SchemeData,
  halving: Halving,
  seeds: readonly number[],
  done: (id: string) => Run | undefined,
): Promise<Due> {
  const [first] = await pointsOf(runners.slice(0, 1), [scheme], seeds.slice(0, 1));
  const whole = first.options[halving.budget];
  // A method without that budget cannot be cut short: all its points run as they are.
  if (typeof whole !== 'number') return { points: await pointsOf(runners, [scheme], seeds), final: true };
  const heats = budgets(whole, runners.length, halving);
  const points: Point[] = [];
  let left = runners;
  for (const [heat, budget] of heats.entries()) {
    const last = heat === heats.length - 1;
    const change = last ? {} : { options: { [halving.budget]: budget }, partial: true };
    const ranked: { combination: Combination; merit: number }[] = [];
    for (const combination of left) {
      const own = await pointsOf([combination], [scheme], seeds, change);
      points.push(...own);
      const runs = own.map(({ id }) => done(id));
      if (runs.some((run) => run === undefined)) continue;
      ranked.push({ combination, merit: meritOf(runs as Run[], halving.select) });
    }
    if (last) return { points, final: true };
    if (ranked.length < left.length) return { points, final: false };
    // Sorting is stable: of equally good ones the first goes on.
    ranked.sort((a, b) => b.merit - a.merit);
    left = ranked.slice(0, Math.ceil(left.length / halving.eta)).map(({ combination }) => combination);
  }
  return { points, final: true };
}

/** Mean over the seeds; a point that failed is worth less than all others. */
function meritOf(runs: readonly Run[], select: Halving['select']): number {
  let sum = 0;
  for (const run of runs) {
    if (isFailed(run)) return -1;
    sum += (select === 'target' ? run.uar : run.sourceCv) ?? 0;
  }
  return sum / runs.length;
}
