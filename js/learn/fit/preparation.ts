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
  classesOfSources,
  classIndices,
  type Corpus,
  corpus,
  type Matrix,
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

/**
 * A target without its emotions: if the caller has them, they stay outside.
 *
 * @throws {SatnmfError} `bad-argument`: no corpus; as `corpus` does
 */
export function targetOf(given: Task['target'] | undefined): Corpus {
  const { name, features, columns, file, speaker } = present('target', given) as Task['target'];
  return corpus({ name, features, columns, file, speaker });
}

/** @throws {SatnmfError} `shape-mismatch` */
export function checkSomeFeatures({ name, features }: Pick<Corpus, 'name' | 'features'>): void {
  if (features.cols > 0) return;
  throw new SatnmfError('shape-mismatch', `${name}: has 0 features, at least 1 is needed`, {
    argument: 'features',
    expected: 'at least 1',
    actual: '0',
  });
}

/** A weight a row: labelled rows of each source weigh the same together, and 1 on average. */
function equalWeights(each: readonly Int32Array[]): Float64Array {
  const counts = each.map((labels) => labels.reduce((sum, k) => sum + (k < 0 ? 0 : 1), 0));
  const share = counts.reduce((sum, count) => sum + count, 0) / counts.filter((count) => count > 0).length;
  return Float64Array.from(
    each.flatMap((labels, q) => Array.from(labels, () => (counts[q] === 0 ? 0 : share / counts[q]))),
  );
}

/**
 * Class of each target row whose emotion is known, −1 elsewhere; null if none is.
 *
 * @throws {SatnmfError} `shape-mismatch`: not an entry for each row of the target; `unknown-class`: an emotion that
 *   nothing teaches
 */
export function knownClasses(
  { known }: Pick<Task, 'known'>,
  { name, features }: Pick<Corpus, 'name' | 'features'>,
  classes: readonly string[],
): Int32Array | null {
  if (known === undefined) return null;
  if (known.length === features.rows) {
    const found = classIndices(known, classes);
    return found.every((k) => k < 0) ? null : found;
  }
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
  const target = targetOf(task?.target);
  for (const source of sources) {
    checkColumns(source, target);
    checkSomeFeatures(source);
    checkRows(source, 1);
  }
  const classes = classesOfSources(sources);
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
    small: target.features.rows < SMALL_TARGET_ROWS,
    warnings: scaled.warnings,
  };
}
