/**
 * Coder: how a trial turns a row of scaled features into the codes that its SVM sees. A closed list of kinds; a new
 * one is a file beside this one, a member of {@link Coder} and a line in every-kind.ts.
 *
 * @module
 */
import type { Core } from '../../../core/index.js';
import type { Matrix, Tensor } from '../../../data/index.js';
import type { Json } from '../../../io/index.js';
import type { Fields, ModelFields } from '../fields.js';
import type { DenoiserCoder } from './denoiser.js';
import { DICTIONARY, type DictionaryCoder } from './dictionary.js';
import { type CoderKind, kindNamed, tellKind } from './kind.js';
import type { NetworkCoder } from './network.js';
import type { ProjectionCoder } from './projection.js';

export type Coder = DictionaryCoder | ProjectionCoder | NetworkCoder | DenoiserCoder;

// Every factorisation makes dictionaries.
tellKind('dictionary', DICTIONARY);

const kindOf = ({ kind }: Coder): CoderKind<Coder> => kindNamed(kind) as CoderKind<Coder>;

/** Codes that a row gets. */
export function codeWidth(coder: Coder): number {
  return kindOf(coder).width(coder);
}

/** Codes, rows x {@link codeWidth}, of scaled features. */
export function code(core: Core, coder: Coder, rows: Matrix): Matrix {
  return kindOf(coder).apply(core, coder, rows);
}

/** What a file's header says of a coder. A dictionary does not name its kind: it was the only one once. */
export function coderMeta(coder: Coder): { readonly [key: string]: Json } {
  const meta = kindOf(coder).meta(coder);
  return coder.kind === 'dictionary' ? meta : { coder: coder.kind, ...meta };
}

export function coderTensors(coder: Coder, name: string): Tensor[] {
  return kindOf(coder).tensors(coder, name);
}

/** The coder of a trial of a file, checked; `d`: features. */
export function readCoder(fields: ModelFields, meta: Fields, name: string, d: number): Coder {
  const kind = meta['coder'] === undefined ? 'dictionary' : fields.text(meta, 'coder');
  const found = kindNamed(kind) ?? fields.broken(`"coder" of ${name} is unknown`);
  return (found as CoderKind<Coder>).read(fields, meta, name, d);
}

/** In half precision, where that is harmless. */
export function halvedCoder(coder: Coder): Coder {
  return kindOf(coder).halved(coder);
}
