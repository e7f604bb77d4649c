// Missing values, for tables whose reader was told to accept them.
import { SatnmfError } from '../errors.js';
import type { Corpus } from './corpus.js';
import { quote } from './quote.js';

export interface Replaced {
  readonly corpus: Corpus;
  readonly values: number;
  /** Number of columns that they were in. */
  readonly columns: number;
}

/** Median of sorted values; the mean of the middle two, rounded to float32, if their number is even. */
function median(sorted: Float32Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : Math.fround((sorted[half - 1] + sorted[half]) / 2);
}

/**
 * Replaces every NaN and infinity by the median of the finite values of its column (the mean of the
 * middle two of an even number, rounded to float32). A corpus without such values comes back as it is.
 * @throws {SatnmfError} `not-finite` if a column has no finite value at all
 */
export function replaceMissing(corpus: Corpus): Replaced {
  const { rows, cols, data } = corpus.features;
  const missing = new Map<number, number[]>(); // column → rows
  for (let at = 0; at < data.length; at++) {
    if (data[at] - data[at] === 0) continue;
    const row = Math.floor(at / cols);
    const list = missing.get(at - row * cols);
    if (list === undefined) missing.set(at - row * cols, [row]);
    else list.push(row);
  }
  if (missing.size === 0) return { corpus, values: 0, columns: 0 };
  const filled = data.slice();
  let values = 0;
  for (const [column, where] of missing) {
    values += where.length;
    if (where.length === rows)
      throw new SatnmfError(
        'not-finite',
        `${corpus.name}: column ${column} (${quote(corpus.columns[column])}) has no finite value to take a median of`,
        { argument: 'features', column, expected: 'a finite number', actual: 'none' },
      );
    const finite = new Float32Array(rows - where.length);
    for (let i = 0, n = 0; i < rows; i++) {
      const value = data[i * cols + column];
      if (value - value === 0) finite[n++] = value;
    }
    const middle = median(finite.sort());
    for (const row of where) filled[row * cols + column] = middle;
  }
  return { corpus: { ...corpus, features: { rows, cols, data: filled } }, values, columns: missing.size };
}
