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
  classIndices,
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
import type { Keeper, Task } from '../../contract/index.js';

/** A task ready for the numbers. */
export interface PreparedTask {
  readonly classes: readonly string[];
  readonly columns: readonly string[];
  /** Class index of each source row, −1 where it has no emotion. */
  readonly labels: Int32Array;
  /** Scaled features, n x d and m x d. */
  readonly source: Matrix;
  readonly target: Matrix;
  /** For new recordings of the target. */
  readonly normalizer: Normalizer;
  /** Fewer target rows than a corpus needs to be scaled by itself. */
  readonly small: boolean;
  readonly warnings: readonly string[];
}

/** A part of the task that is there. */
function given<T>(argument: 'source' | 'target', part: T): T {
  if (typeof part === 'object' && part !== null) return part;
  throw new SatnmfError('bad-argument', `"${argument}" must be a corpus, got ${String(part)}`, {
    argument,
    expected: 'a corpus',
    actual: String(part),
  });
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
  // Corpora may be made by hand: `corpus` finds what does not fit together.
  const source = corpus(given('source', task?.source));
  // Nothing else of the target is taken along: its emotions, if the caller has them, stay outside.
  const { name, features, columns, file, speaker } = given('target', task?.target);
  const target = corpus({ name, features, columns, file, speaker });
  checkColumns(source, target);
  if (source.features.cols === 0)
    throw new SatnmfError('shape-mismatch', `${source.name}: has 0 features, at least 1 is needed`, {
      argument: 'features',
      expected: 'at least 1',
      actual: '0',
    });
  checkRows(source, 1);
  const classes = sourceClasses(source);
  const labels = classIndices(source.emotion, classes);
  const scaled = normalizeTask(source, target, normalize);
  if (normalize === 'none')
    for (const rows of [source, target]) {
      checkMagnitude(rows);
      if (nonNegative) checkNonNegative(rows);
    }
  return {
    classes,
    columns: source.columns,
    labels,
    source: scaled.source,
    target: scaled.target,
    normalizer: scaled.normalizer,
    small: features.rows < SMALL_TARGET_ROWS,
    warnings: scaled.warnings,
  };
}
