/**
 * Rows of speech features as the methods see them: the tables beside the project, each corpus min-max normalised, one
 * below the other. Without the tables: clouds around a centre a class, which every method finds easier.
 */
import { type Matrix, matrix } from '../js/data/index.js';
import { sharedTable, uniform } from './data.js';
import { isAbsent } from './harness.js';

/** The features of ComParE. */
export const FEATURES = 6373;

/** Rows with class indices. */
export interface Labelled {
  readonly rows: Matrix;
  readonly labels: Int32Array;
  /** For a note. */
  readonly from: string;
}

/** Maps each column of some rows to [0, 1]. */
function minMax({ rows, cols, data }: Matrix): Matrix {
  const out = matrix(rows, cols);
  for (let j = 0; j < cols; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < rows; i++) {
      low = Math.min(low, data[i * cols + j]);
      high = Math.max(high, data[i * cols + j]);
    }
    if (high > low)
      for (let i = 0; i < rows; i++) out.data[i * cols + j] = (data[i * cols + j] - low) / (high - low);
  }
  return out;
}

/** The first N rows of EmoDB, EMOVO and URDU; with `emotions` only theirs, which are the classes. */
async function tables(N: number, emotions?: readonly string[]): Promise<Labelled | undefined> {
  const rows = matrix(N, FEATURES);
  const labels = new Int32Array(N);
  let at = 0;
  for (const name of ['emodb', 'emovo', 'urdu'] as const) {
    const table = await sharedTable(name);
    if (isAbsent(table)) return undefined;
    const { data } = minMax(table.features);
    for (let i = 0; i < table.features.rows && at < N; i++) {
      const label = emotions === undefined ? 0 : emotions.indexOf(table.emotion[i] ?? '');
      if (label < 0) continue;
      rows.data.set(data.subarray(i * FEATURES, (i + 1) * FEATURES), at * FEATURES);
      labels[at++] = label;
    }
  }
  return at < N ? undefined : { rows, labels, from: 'rows of EmoDB, EMOVO and URDU' };
}

/** Clouds in [0, 1], a centre a class. */
export function clouds(N: number, d: number, classes: number): Labelled {
  const labels = Int32Array.from({ length: N }, (_, i) => i % classes);
  const centres = uniform(classes, d, 3).data;
  const rows = uniform(N, d, 4);
  for (let i = 0; i < N; i++)
    for (let j = 0; j < d; j++)
      rows.data[i * d + j] = 0.8 * rows.data[i * d + j] + 0.2 * centres[labels[i] * d + j];
  return { rows, labels, from: 'synthetic rows' };
}

export async function speech(N: number, emotions?: readonly string[]): Promise<Labelled> {
  return (await tables(N, emotions)) ?? clouds(N, FEATURES, emotions?.length ?? 1);
}

/** d of the columns, evenly spread. */
export function someColumns({ rows, cols, data }: Matrix, d: number): Matrix {
  const out = matrix(rows, d);
  const step = Math.floor(cols / d);
  for (let i = 0; i < rows; i++) for (let j = 0; j < d; j++) out.data[i * d + j] = data[i * cols + j * step];
  return out;
}
