/**
 * What every method does first: check both corpora, scale their features, number their classes.
 *
 * @module
 */
import { checkColumns, checkNonNegative, checkRows } from '../data/check.js';
import { classIndices, sourceClasses } from '../data/emotions.js';
import type { Matrix } from '../data/matrix.js';
import { type Normalization, type Normalizer, normalizeTask, SMALL_TARGET_ROWS } from '../data/normalize.js';
import type { Task } from './method.js';

/** A task ready for the numbers. */
export interface Prepared {
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

/**
 * Checks and scales a task.
 *
 * @param nonNegative refuse negative features (they can only come through `normalize: 'none'`)
 * @throws {SatnmfError} `shape-mismatch`, `not-finite`, `negative-feature`, `too-few-rows`, `one-class`
 */
export function prepareTask(task: Task, normalize: Normalization, nonNegative: boolean): Prepared {
  const { source } = task;
  // Nothing else of the target is taken along: its emotions, if the caller has them, stay outside.
  const { name, features, columns, file, speaker } = task.target;
  const target = { name, features, columns, file, speaker };
  checkColumns(source, target);
  checkRows({ name: source.name, features: source.features }, 1);
  const classes = sourceClasses(source);
  const labels = classIndices(source.emotion, classes);
  if (nonNegative && normalize === 'none') {
    checkNonNegative(source);
    checkNonNegative(target);
  }
  const scaled = normalizeTask(source, target, normalize);
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
