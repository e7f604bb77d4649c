// Corpus: features of a set of utterances with what is known about each of them.
import { SatnmfError } from '../errors.js';
import { checkFilled } from './check.js';
import { type Matrix, selectRows } from './matrix.js';

/** Row-wise data of a corpus; every array has one entry a row, `null` where nothing is known. */
export interface Corpus {
  /** For messages and reports: a corpus or file name. */
  readonly name: string;
  /** `rows x d`; finite values. */
  readonly features: Matrix;
  /** `d` feature names. */
  readonly columns: readonly string[];
  readonly file: readonly (string | null)[];
  readonly speaker: readonly (string | null)[];
  readonly emotion: readonly (string | null)[];
  /** Further columns of the table, kept as they came (sex, text, seconds, …). */
  readonly extra: Readonly<Record<string, readonly (string | null)[]>>;
}

/** What {@link corpus} needs; all but the features may be left out. */
export interface CorpusParts {
  name?: string;
  features: Matrix;
  columns?: readonly string[];
  file?: readonly (string | null)[];
  speaker?: readonly (string | null)[];
  emotion?: readonly (string | null)[];
  extra?: Readonly<Record<string, readonly (string | null)[]>>;
}

/**
 * A corpus from its parts. Missing names become `f0, f1, …`; missing row data become `null`.
 * @throws {SatnmfError} `shape-mismatch` if a list does not have one entry a row (or a column), or if the
 *   features do not fill their matrix; `bad-argument` if they are no matrix
 */
export function corpus(parts: CorpusParts): Corpus {
  const name = parts.name ?? 'corpus';
  checkFilled(name, parts.features);
  const { rows, cols } = parts.features;
  const checkLength = (argument: string, { length }: readonly unknown[], count: number, of: string): void => {
    if (length === count) return;
    const sentence = `${name}: "${argument}" must have ${count} ${of}, got ${length}`;
    const detail = { argument, expected: String(count), actual: String(length) };
    throw new SatnmfError('shape-mismatch', sentence, detail);
  };
  const perRow = (
    argument: string,
    list: readonly (string | null)[] = new Array<null>(rows).fill(null),
  ): readonly (string | null)[] => {
    checkLength(argument, list, rows, 'entries, one a row');
    return list;
  };
  const columns = parts.columns ?? Array.from({ length: cols }, (_, j) => `f${j}`);
  checkLength('columns', columns, cols, 'names, one a feature');
  // Not by assignment: a column may be called "__proto__".
  const extra = Object.fromEntries(
    Object.entries(parts.extra ?? {}).map(([key, list]) => [key, perRow(key, list)]),
  );
  return {
    name,
    features: parts.features,
    columns,
    file: perRow('file', parts.file),
    speaker: perRow('speaker', parts.speaker),
    emotion: perRow('emotion', parts.emotion),
    extra,
  };
}

/** A corpus of the named rows, in the given order. */
export function selectCorpusRows(source: Corpus, rows: ArrayLike<number>): Corpus {
  const pick = (list: readonly (string | null)[]) => Array.from(rows, (i) => list[i]);
  return {
    name: source.name,
    features: selectRows(source.features, rows),
    columns: source.columns,
    file: pick(source.file),
    speaker: pick(source.speaker),
    emotion: pick(source.emotion),
    extra: Object.fromEntries(Object.entries(source.extra).map(([key, list]) => [key, pick(list)])),
  };
}
