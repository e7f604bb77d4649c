// Curves that runs draw: the figure against one option at a time, and the descent of the objective.
import type { Configuration, SchemeRuns } from './cells.js';
import type { Results } from './results.js';
import type { DoneRun } from './run.js';
import { type Mean, meanOf } from './mean.js';

type Value = DoneRun['options'][string];

/** One method on one scheme, as one option takes its values. */
export interface Sensitivity {
  readonly scheme: string;
  readonly method: string;
  readonly option: string;
  /** By value, at least two. */
  readonly points: readonly { readonly value: Value; readonly uar: Mean }[];
  /** Value of the plan's base; null if that was not run. */
  readonly base: Value | null;
}

/** Numbers by size, then words by code unit. */
function byValue(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return String(a) < String(b) ? -1 : 1;
}

const isBase = ({ varied }: Configuration): boolean => Object.keys(varied).length === 0;

/**
 * UAR against each option that was searched. Where one option varied at a time, the others are those of the base;
 * where several did, it is the mean over all values of the others that were tried.
 */
export function sensitivities(schemes: readonly SchemeRuns[]): Sensitivity[] {
  return schemes.flatMap(({ scheme, cells }) =>
    cells.flatMap(({ method, configurations }) => {
      const base = configurations.find(isBase);
      const single = configurations.some(({ axis }) => axis !== null);
      const options = new Set(
        single
          ? configurations.flatMap(({ axis }) => axis ?? [])
          : configurations.flatMap(({ varied }) => Object.keys(varied)),
      );
      return [...options].sort().flatMap((option): Sensitivity[] => {
        const uars = new Map<Value, number[]>();
        for (const one of configurations) {
          const counts = isBase(one) || (single ? one.axis === option : option in one.varied);
          if (!counts || !(option in one.options)) continue;
          const value = one.options[option];
          const figures = one.runs.map(({ uar }) => uar);
          uars.set(value, [...(uars.get(value) ?? []), ...figures]);
        }
        if (uars.size < 2) return [];
        const points = [...uars.keys()]
          .sort(byValue)
          .map((value) => ({ value, uar: meanOf((uars.get(value) as number[]).sort((a, b) => a - b)) }));
        return [{ scheme, method, option, points, base: base?.options[option] ?? null }];
      });
    }),
  );
}

/** Values of an option over several curves, in their order. */
export function valuesOf(curves: readonly Sensitivity[]): Value[] {
  return [...new Set(curves.flatMap(({ points }) => points.map(({ value }) => value)))].sort(byValue);
}

/** Objective of the first trial under the first seed, after each iteration. */
export interface Descent {
  readonly scheme: string;
  readonly method: string;
  readonly objective: readonly number[];
}

/** Descents of the configurations that the table shows; those without a trace are left out. */
export function descents({ entries }: Results): Descent[] {
  return entries.flat().flatMap((entry) => {
    const objective = entry?.chosen?.runs[0].objective;
    if (!entry || !objective || objective.length < 2) return [];
    return [{ scheme: entry.scheme, method: entry.method, objective }];
  });
}

/** Counts of truth by prediction of the chosen configuration, summed over its seeds. */
export function confusionOf({ runs }: Configuration): number[][] {
  return runs[0].confusion.map((row, i) =>
    row.map((_, j) => runs.reduce((sum, { confusion }) => sum + confusion[i][j], 0)),
  );
}
