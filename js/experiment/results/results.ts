// The results of an experiment in the layout of Table 3 of the paper: schemes by methods, one configuration a cell.
import { inOrder, type SchemeRuns } from './cells.js';
import { type Choice, choose, type Criterion } from './choice.js';

export type Entry = Choice & {
  readonly scheme: string;
  readonly method: string;
  readonly searched: number;
  readonly failed: number;
};

export interface Average {
  readonly uar: number;
  readonly war: number;
}

export interface Results {
  readonly criterion: Criterion;
  readonly schemes: readonly SchemeRuns[];
  readonly methods: readonly string[];
  /** Entry [i][j]: method j on scheme i; null where it was not run. */
  readonly entries: readonly (readonly (Entry | null)[])[];
  /** Over all schemes, one a method; null for one that has a gap, which would compare unlike things. */
  readonly averages: readonly (Average | null)[];
}

/** @param methods order of the columns; others follow by code unit. Default: none */
export function resultsOf(
  schemes: readonly SchemeRuns[],
  criterion: Criterion,
  methods: readonly string[] = [],
): Results {
  const names = inOrder(
    schemes.flatMap(({ cells }) => cells.map(({ method }) => method)),
    methods,
  );
  const entries = schemes.map(({ scheme, cells }) =>
    names.map((method): Entry | null => {
      const cell = cells.find((one) => one.method === method);
      if (cell === undefined) return null;
      const { searched, failed } = cell;
      return { scheme, method, searched, failed: failed.length, ...choose(cell, criterion) };
    }),
  );
  const averages = names.map((_, j): Average | null => {
    const sum = { uar: 0, war: 0 };
    for (const row of entries) {
      const chosen = row[j]?.chosen;
      if (!chosen) return null;
      sum.uar += chosen.uar.mean;
      sum.war += chosen.war.mean;
    }
    return { uar: sum.uar / schemes.length, war: sum.war / schemes.length };
  });
  return { criterion, schemes, methods: names, entries, averages };
}
