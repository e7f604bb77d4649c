/**
 * Interleaved measurement: every round runs each contestant once, so that a machine that slows down
 * for a while slows all of them. Figures to quote are ratios within one run.
 */

/** What a piece of work took, in seconds. `cpu` counts all threads of the process. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/**
 * Something to measure. May return (or resolve to) a {@link Cost} it took elsewhere — a peer in a process of its
 * own — which then counts instead of this process' clocks. Other values are ignored.
 */
export type Work = () => unknown;

/** Median, smallest and largest of some figures. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What the rounds of one contestant took, a run of its work each. */
export interface Timing {
  readonly runs: readonly Cost[];
  readonly cpu: Spread;
  readonly wall: Spread;
}

export interface MeasureOptions {
  /** Rounds that count. Default 7. */
  rounds?: number;
  /** Rounds before them that do not. Default 1. */
  warmUp?: number;
  /**
   * Work shorter than this many seconds (CPU) is repeated within a round until it takes about as long; its
   * cost is divided by the repeats. Default 0.02: well above what the clocks resolve. 0: never repeat.
   */
  atLeast?: number;
}

/** Median of one or more numbers: of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The median of no values is not defined.');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Median and range. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** A spread of a function of the figures: `mapped(timing.cpu, (s) => flop / s / 1e9)`. */
export function mapped({ median, low, high }: Spread, f: (value: number) => number): Spread {
  const ends = [f(low), f(high)];
  return { median: f(median), low: Math.min(...ends), high: Math.max(...ends) };
}

/** Spread of one contestant's cost over another's, round by round; `'cpu'` or `'wall'`. */
export function ratio(over: Timing, under: Timing, by: keyof Cost): Spread {
  return spread(over.runs.map((run, i) => run[by] / under.runs[i][by]));
}

function now(): Cost {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6, wall: performance.now() / 1000 };
}

function isCost(value: unknown): value is Cost {
  if (typeof value !== 'object' || value === null) return false;
  const { cpu, wall } = value as Partial<Cost>;
  return typeof cpu === 'number' && typeof wall === 'number';
}

/** Runs work `times` times; the cost of one. */
export async function costOf(work: Work, times = 1): Promise<Cost> {
  let elsewhere: Cost | undefined;
  const began = now();
  for (let i = 0; i < times; i++) {
    const returned = work();
    // Work that is not asynchronous must not pay for a turn of the event loop.
    const value = returned instanceof Promise ? ((await returned) as unknown) : returned;
    if (isCost(value))
      elsewhere = { cpu: value.cpu + (elsewhere?.cpu ?? 0), wall: value.wall + (elsewhere?.wall ?? 0) };
  }
  const ended = now();
  const { cpu, wall } = elsewhere ?? { cpu: ended.cpu - began.cpu, wall: ended.wall - began.wall };
  return { cpu: cpu / times, wall: wall / times };
}

/** Most repeats of one piece of work within a round. */
const MOST_REPEATS = 100_000;

/**
 * Measures several pieces of work against each other.
 *
 * @param contestants name → work; each round runs them in this order, every other round backwards
 * @returns name → what its rounds took, `runs` in the order of the rounds: entry i of two contestants is one round
 *
 * @example
 * const { ours, theirs } = await measure({ ours: () => kernel(), theirs: () => python.cost('gemm.run') });
 * ratio(ours, theirs, 'cpu').median;
 */
export async function measure<Name extends string>(
  contestants: Readonly<Record<Name, Work>>,
  { rounds = 7, warmUp = 1, atLeast = 0.02 }: MeasureOptions = {},
): Promise<Record<Name, Timing>> {
  const names = Object.keys(contestants) as Name[];
  const repeats = new Map<Name, number>();
  for (const name of names) {
    for (let i = 0; i < warmUp; i++) await costOf(contestants[name]);
    let times = 1;
    // Doubled until it is long enough, as one run of microseconds is below what the CPU clock resolves.
    while (
      atLeast > 0 &&
      times < MOST_REPEATS &&
      (await costOf(contestants[name], times)).cpu * times < atLeast
    )
      times *= 2;
    repeats.set(name, times);
  }
  const runs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      globalThis.gc?.({ type: 'minor' });
      runs.get(name)?.push(await costOf(contestants[name], repeats.get(name)));
    }
  return Object.fromEntries(
    names.map((name) => {
      const own = runs.get(name) ?? [];
      const timing: Timing = {
        runs: own,
        cpu: spread(own.map(({ cpu }) => cpu)),
        wall: spread(own.map(({ wall }) => wall)),
      };
      return [name, timing];
    }),
  ) as Record<Name, Timing>;
}
