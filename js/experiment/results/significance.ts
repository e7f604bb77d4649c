// Which differences between methods are larger than chance in the choice of utterances explains.
import type { Core } from '../../core/index.js';
import { checkOneOf } from '../../data/index.js';
import {
  type BootstrapOptions,
  type Difference,
  differenceOf,
  holm,
  meanOfSchemes,
  resample,
  type Resampled,
} from './bootstrap.js';
import type { Results } from './results.js';

/** The reference against one other method. */
export interface Comparison extends Difference {
  /** Null: the mean over all schemes. */
  readonly scheme: string | null;
  readonly method: string;
  /** p, corrected for all comparisons of the list (Holm 1979). */
  readonly corrected: number;
}

export interface Significance {
  /** The method that the others are subtracted from. */
  readonly reference: string;
  readonly resamples: number;
  readonly seed: number;
  /** By scheme, the mean last where it has sense; methods in the order of the table. */
  readonly comparisons: readonly Comparison[];
}

/** The method that a report is about: `satnmf`, or the best on average, or the first. */
export function referenceOf({ methods, averages }: Results): string | null {
  if (methods.includes('satnmf')) return 'satnmf';
  const best = Math.max(...averages.map((average) => average?.uar ?? -1));
  return methods[averages.findIndex((average) => average?.uar === best)] ?? methods[0] ?? null;
}

/**
 * Differences of UAR between a method and all others, scheme by scheme and over all schemes. Null if there is nothing
 * to compare.
 * @param reference Default: {@link referenceOf}
 * @throws {SatnmfError} `bad-argument`: a reference that is none of the methods
 */
export function significanceOf(
  core: Core,
  results: Results,
  {
    reference = referenceOf(results) ?? undefined,
    resamples = 10_000,
    seed = 1,
  }: Partial<Pick<Significance, 'reference'>> & Omit<BootstrapOptions, 'stream'> = {},
): Significance | null {
  if (reference === undefined || results.methods.length < 2) return null;
  checkOneOf('reference', reference, results.methods);
  const own = results.methods.indexOf(reference);
  const perScheme = results.schemes.map(({ truth }, i): (Resampled | null)[] => {
    const chosen = results.entries[i].map((entry) => entry?.chosen ?? null);
    const there = [...chosen.keys()].filter((j) => chosen[j] !== null);
    const predictions = there.map((j) => chosen[j]?.runs.map((run) => run.predictions) ?? []);
    const drawn = there.length < 2 ? [] : resample(core, truth, predictions, { resamples, seed, stream: i });
    return results.methods.map((_, j) => drawn[there.indexOf(j)] ?? null);
  });
  const found: Omit<Comparison, 'corrected'>[] = [];
  const compare = (scheme: string | null, drawn: (typeof perScheme)[number]): void => {
    const one = drawn[own];
    if (one === null) return;
    results.methods.forEach((method, j) => {
      const other = drawn[j];
      if (j !== own && other !== null) found.push({ scheme, method, ...differenceOf(one, other) });
    });
  };
  results.schemes.forEach(({ scheme }, i) => compare(scheme, perScheme[i]));
  if (perScheme.length > 1) {
    const means = results.methods.map((_, j) => {
      const there = perScheme.map((drawn) => drawn[j]).filter((one): one is Resampled => one !== null);
      return there.length === perScheme.length ? meanOfSchemes(there) : null;
    });
    compare(null, means);
  }
  if (found.length === 0) return null;
  const corrected = holm(found.map(({ p }) => p));
  const comparisons = found.map((one, i) => ({ ...one, corrected: corrected[i] }));
  return { reference, resamples, seed, comparisons };
}
