// Several tables of one corpus as one.
import { checkColumns } from './check.js';
import type { Corpus } from './corpus.js';

/**
 * The rows of all corpora, one after the other; names and columns are those of the first. Further row data are
 * kept where every corpus has them.
 * @throws {SatnmfError} `shape-mismatch` if they do not hold the same features in the same order
 */
export function concatenate(corpora: readonly [Corpus, ...Corpus[]]): Corpus {
  const [first, ...others] = corpora;
  if (others.length === 0) return first;
  for (const other of others) checkColumns(first, other);
  const { cols } = first.features;
  const rows = corpora.reduce((sum, { features }) => sum + features.rows, 0);
  const data = new Float32Array(rows * cols);
  let at = 0;
  for (const { features } of corpora) {
    data.set(features.data, at);
    at += features.data.length;
  }
  const join = (list: (corpus: Corpus) => readonly (string | null)[]) =>
    corpora.flatMap((one) => [...list(one)]);
  const shared = Object.keys(first.extra).filter((key) =>
    others.every(({ extra }) => Object.hasOwn(extra, key)),
  );
  return {
    name: first.name,
    features: { rows, cols, data },
    columns: first.columns,
    file: join(({ file }) => file),
    speaker: join(({ speaker }) => speaker),
    emotion: join(({ emotion }) => emotion),
    extra: Object.fromEntries(shared.map((key) => [key, join(({ extra }) => extra[key])])),
  };
}
