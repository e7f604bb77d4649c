// Which configuration of a method a table shows.
import type { Cell, Configuration } from './cells.js';

/**
 * How a configuration is chosen: `target` by its UAR on the target, as the paper does, which no user without labels
 * could do; `source-cv` by cross-validation on the source; `none` not at all, it is the plan's base.
 */
export type Criterion = 'target' | 'source-cv' | 'none';

export const CRITERIA = ['target', 'source-cv', 'none'] as const satisfies readonly Criterion[];

export const CRITERION_LABELS: Readonly<Record<Criterion, string>> = {
  target: 'oracle: chosen by the target’s labels',
  'source-cv': 'chosen by cross-validation on the source',
  none: 'fixed parameters, nothing chosen',
};

export type Choice = { readonly chosen: Configuration } | { readonly chosen: null; readonly why: string };

/** What a criterion goes by, larger is better; null where it cannot judge. */
const MERITS: Readonly<Record<Criterion, (one: Configuration) => number | null>> = {
  target: ({ uar }) => uar.mean,
  'source-cv': ({ runs }) => {
    let sum = 0;
    for (const { sourceCv } of runs) {
      if (sourceCv === null) return null;
      sum += sourceCv;
    }
    return sum / runs.length;
  },
  none: ({ varied }) => (Object.keys(varied).length === 0 ? 1 : null),
};

const WHY_NOT: Readonly<Record<Criterion, string>> = {
  target: 'every run failed',
  'source-cv': 'no configuration was cross-validated on the source',
  none: 'the base of the plan was not run',
};

/** Of equally good configurations the first counts. */
export function choose({ configurations }: Cell, criterion: Criterion): Choice {
  let chosen: Configuration | null = null;
  let best = -Infinity;
  for (const one of configurations) {
    const merit = MERITS[criterion](one);
    if (merit === null || merit <= best) continue;
    [chosen, best] = [one, merit];
  }
  if (chosen !== null) return { chosen };
  return { chosen, why: configurations.length === 0 ? WHY_NOT.target : WHY_NOT[criterion] };
}
