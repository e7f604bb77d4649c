// Coder `dictionary`: non-negative least squares against a fitted dictionary, min_{v ≥ 0} |x − U v|².
import { project } from '../../factor/index.js';
import { LARGEST_SINGLE } from '../fields.js';
import { halves, readWeights, shortWeights } from './half.js';
import type { CoderKind } from './kind.js';

export interface DictionaryCoder {
  readonly kind: 'dictionary';
  /** Rank. */
  readonly r: number;
  /** d x r, non-negative. */
  readonly U: Float32Array;
}

export const DICTIONARY: CoderKind<DictionaryCoder> = {
  width: ({ r }) => r,
  apply: (core, { U, r }, rows) => project(core, rows, U, r).codes,
  meta: ({ r }) => ({ r }),
  tensors: ({ U, r }, name) => [{ name: `${name}.U`, shape: [U.length / r, r], data: shortWeights(U) }],
  read(fields, meta, name, d) {
    const r = fields.size(meta, 'r', 65536);
    if (r < 1) fields.broken(`the dictionary of ${name} is empty`);
    return { kind: 'dictionary', r, U: readWeights(fields, `${name}.U`, [d, r], 0, LARGEST_SINGLE) };
  },
  halved: (coder) => ({ ...coder, U: halves(coder.U) }),
};
