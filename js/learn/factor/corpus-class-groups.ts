/**
 * Groups of rows, (part, class): what the discrepancy between corpora is made of, and which rows carry a label
 * (assembly/core/factor/moments.ts, method.md, MMD without its matrix).
 *
 * @module
 */

/** What factorisations know of the rows. */
export interface RowGroups {
  /** Group of each row: its part times (c + 1), plus its class, c without one. */
  readonly group: Int32Array;
  /** Class of each row that the label term takes, c elsewhere. */
  readonly label: Int32Array;
  /** Rows from the first on that may have labels. */
  readonly labelled: number;
  /** Sources, each of which is a part. */
  readonly sources: number;
  /** Parts of the target: 1, or 2 where some of its rows have known labels. */
  readonly targets: 1 | 2;
}

/** Parts of the task beyond one source and a target of which nothing is known. */
export interface TaskParts {
  /** Rows of each source, one after the other. Default: all are of one source. */
  readonly sizes?: readonly number[];
  /** Known class of each row of the target, −1 elsewhere. Default: none. */
  readonly known?: Int32Array | null;
}

/** Groups of all rows, sources first; class −1 is a row without one. Known classes win over pseudo classes. */
export function rowGroups(
  sourceClass: ArrayLike<number>,
  pseudoClass: ArrayLike<number>,
  c: number,
  { sizes = [sourceClass.length], known = null }: TaskParts = {},
): RowGroups {
  const [n, m] = [sourceClass.length, pseudoClass.length];
  const T = c + 1;
  const classOf = (k: number): number => (k < 0 ? c : k);
  const group = new Int32Array(n + m);
  const label = new Int32Array(n + m).fill(c);
  let row = 0;
  sizes.forEach((rows, q) => {
    for (let i = 0; i < rows; i++, row++) {
      label[row] = classOf(sourceClass[row]);
      group[row] = q * T + label[row];
    }
  });
  for (let j = 0; j < m; j++) {
    const own = known === null ? -1 : known[j];
    group[n + j] = own < 0 ? sizes.length * T + classOf(pseudoClass[j]) : (sizes.length + 1) * T + own;
    if (own >= 0) label[n + j] = own;
  }
  return {
    group,
    label,
    labelled: known === null ? n : n + m,
    sources: sizes.length,
    targets: known === null ? 1 : 2,
  };
}
