/**
 * Data of the benchmarks: synthetic matrices, and the tables beside the project.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Corpus, type Matrix, matrix } from '../js/data/index.js';
import { readTableFile } from '../js/outside/node/index.js';
import type { Absent } from './harness.js';

/** Uniform in [0, 1), the same on every run: a 32-bit generator by Marsaglia (xorshift). */
export function uniform(rows: number, cols: number, seed = 1): Matrix {
  const out = matrix(rows, cols);
  let state = (seed * 2654435761) >>> 0 || 1;
  for (let i = 0; i < out.data.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    out.data[i] = (state >>> 8) * 2 ** -24;
  }
  return out;
}

/** Where the shared data lies: `SATNMF_SHARED`, default `../shared`. */
export const shared = process.env['SATNMF_SHARED'] ?? '../shared';

/** The table of a corpus, `data/tables/<name>.npy` in the shared folder. */
export async function sharedTable(name: 'emodb' | 'emovo' | 'urdu'): Promise<Corpus | Absent> {
  const file = join(shared, 'data', 'tables', `${name}.npy`);
  if (!existsSync(file))
    return { absent: `the table of ${name} is not there (SATNMF_SHARED names the folder)` };
  return readTableFile(file);
}
