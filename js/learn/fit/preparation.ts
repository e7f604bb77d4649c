/**
 * What every method does first: check both corpora, scale their features, number their classes.
 *
 * @module
 */
import {
  checkColumns,
  checkMagnitude,
  checkNonNegative,
  checkRows,
  classesOf,
  classIndices,
  type Corpus,
  corpus,
  type Matrix,
  sourceClasses,
} from '../../data/index.js';
import {
  type NormalizeChoice,
  type Normalizer,
  normalizeTask,
  SMALL_TARGET_ROWS,
} from '../../data/scaling/index.js';
import { SatnmfError } from '../../errors.js';
import { type Keeper, sourcesOf, type Task } from '../../contract/index.js';

/** A task ready for the numbers. */
export interface PreparedTask {
  readonly classes: readonly string[];
  readonly columns: readonly string[];
  /** Class index of each source row, −1 where it has no emotion. */
  readonly labels: Int32Array;
  /** Rows of each source, n in all, one source after the other. */
  readonly sizes: readonly number[];
  /** Weight of each source row where there are several sources: each weighs the same, the mean of labelled rows is 1. */
  readonly rowWeights: Float64Array | null;
  /** Class of each target row whose emotion is known, −1 elsewhere; null if none is. */
  readonly known: Int32Array | null;
  /** Scaled features, n x d and m x d. */
  readonly source: Matrix;
  readonly target: Matrix;
  /** For new recordings of the target. */
  readonly normalizer: Normalizer;
  /** Fewer target rows than a corpus needs to be scaled by itself. */
  readonly small: boolean;
  readonly warnings: readonly string[];
}

const missing = (argument: 'source' | 'target', part: unknown): SatnmfError =>
  new SatnmfError('bad-argument', `"${argument}" must be a corpus, got ${String(part)}`, {
    argument,
    expected: 'a corpus',
    actual: String(part),
  });

/** A part of the task that is there. */
function present<T>(argument: 'source' | 'target', part: T): T {
  if (typeof part === 'object' && part !== null) return part;
  throw missing(argument, part);
}

/** Classes that several sources teach together, two at least. */
function classesOfAll(sources: readonly Corpus[]): string[] {
  const classes = classesOf(sources.flatMap(({ emotion }) => [...emotion]));
  if (classes.length >= 2) return classes;
  throw new SatnmfError(
    'one-class',
    `${sources.map(({ name }) => name).join(', ')} need at least two emotions together, they have ${classes.length === 0 ? 'none' : classes[0]}`,
    { argument: 'source', expected: 'at least two emotions', actual: String(classes.length) },
  );
}

/** A weight a row: labelled rows of each source weigh the same together, and 1 on average. */
function equalWeights(each: readonly Int32Array[]): Float64Array {
  const counts = each.map((labels) => labels.reduce((sum, k) => sum + (k < 0 ? 0 : 1), 0));
  const share = counts.reduce((sum, count) => sum + count, 0) / counts.filter((count) => count > 0).length;
  return Float64Array.from(
    each.flatMap((labels, q) => Array.from(labels, () => (counts[q] === 0 ? 0 : share / counts[q]))),
  );
}

/** @throws {SatnmfError} `shape-mismatch`: not an entry for each row */
function knownClasses({ known }: Task, target: Corpus, classes: readonly string[]): Int32Array | null {
  if (known === undefined) return null;
  checkKnown(known, target);
  const found = Int32Array.from(known, (emotion) => (emotion === null ? -1 : classes.indexOf(emotion)));
  return found.every((k) => k < 0) ? null : found;
}

/** @throws {SatnmfError} `shape-mismatch`: not an entry for each row of the target */
export function checkKnown(
  known: readonly (string | null)[],
  { name, features }: Pick<Corpus, 'name' | 'features'>,
): void {
  if (known.length === features.rows) return;
  throw new SatnmfError(
    'shape-mismatch',
    `"known" must have an entry for each of the ${features.rows} rows of ${name}, got ${known.length}`,
    { argument: 'known', expected: String(features.rows), actual: String(known.length) },
  );
}

/** How a task is prepared. */
export interface Preparation {
  readonly normalize: NormalizeChoice;
  /** Refuse negative features (they can only come through `normalize: 'none'`). */
  readonly nonNegative: boolean;
}

/** As {@link prepareTask}, once for all fits that share it. */
export function preparedOnce(shared: Keeper, task: Task, preparation: Preparation): PreparedTask {
  return shared.once('prepared', preparation, (key) => prepareTask(task, key), 1);
}

/**
 * Checks and scales a task.
 *
 * @throws {SatnmfError} `bad-argument`, `shape-mismatch`, `not-finite`, `negative-feature`, `too-few-rows`,
 *   `one-class`
 */
export function prepareTask(task: Task, { normalize, nonNegative }: Preparation): PreparedTask {
  const given = sourcesOf(task ?? {});
  if (given.length === 0) throw missing('source', task?.source);
  // Corpora may be made by hand: `corpus` finds what does not fit together.
  const sources = given.map((source) => corpus(present('source', source)));
  // Nothing else of the target is taken along: its emotions, if the caller has them, stay outside.
  const { name, features, columns, file, speaker } = present('target', task?.target);
  const target = corpus({ name, features, columns, file, speaker });
  for (const source of sources) {
    checkColumns(source, target);
    if (source.features.cols === 0)
      throw new SatnmfError('shape-mismatch', `${source.name}: has 0 features, at least 1 is needed`, {
        argument: 'features',
        expected: 'at least 1',
        actual: '0',
      });
    checkRows(source, 1);
  }
  const classes = sources.length === 1 ? sourceClasses(sources[0]) : classesOfAll(sources);
  const each = sources.map(({ emotion }) => classIndices(emotion, classes));
  const scaled = normalizeTask(sources, target, normalize);
  if (normalize === 'none')
    for (const rows of [...sources, target]) {
      checkMagnitude(rows);
      if (nonNegative) checkNonNegative(rows);
    }
  return {
    classes,
    columns: sources[0].columns,
    labels: Int32Array.from(each.flatMap((labels) => [...labels])),
    sizes: each.map((labels) => labels.length),
    rowWeights: sources.length === 1 ? null : equalWeights(each),
    known: knownClasses(task, target, classes),
    source: scaled.source,
    target: scaled.target,
    normalizer: scaled.normalizer,
    small: features.rows < SMALL_TARGET_ROWS,
    warnings: scaled.warnings,
  };
}
