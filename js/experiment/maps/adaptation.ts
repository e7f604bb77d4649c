// Where the utterances of two corpora lie before a factorisation adapts to them, and after.
import type { Core } from '../../core/index.js';
import { type Matrix, matrix } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import type { FitOptions, Method, SharedWork } from '../../contract/index.js';
import { adapted } from '../../learn/nmf/index.js';
import { shareWork } from '../../learn/fit/index.js';
import { nameOfLearnt, type Pair, withoutEmotions } from '../evaluation.js';
import { type Plane, planeOf } from './plane.js';

/** Both corpora on one plane before, and on another after. */
export interface Adaptation {
  readonly method: string;
  readonly source: string;
  readonly target: string;
  /** Rows of all sources; those of the target follow. */
  readonly sourceRows: number;
  /** Emotion of each row of both; null where it is not known. */
  readonly emotions: readonly (string | null)[];
  readonly classes: readonly string[];
  /** Scaled features. */
  readonly before: Plane;
  /** Codes of the first trial, V of the paper. */
  readonly after: Plane;
}

function stacked(one: Matrix, other: Matrix): Matrix {
  const both = matrix(one.rows + other.rows, one.cols);
  both.data.set(one.data);
  both.data.set(other.data, one.data.length);
  return both;
}

/**
 * Fits a method of the NMF family with a single trial and maps both corpora. Emotions of the target are only put
 * beside the places, they are not looked at.
 * @throws {SatnmfError} `bad-argument` for a method without codes, and as `fit` and {@link planeOf} do
 */
export function adaptationOf(
  core: Core,
  method: Method,
  pair: Pair,
  how: Pick<FitOptions, 'signal' | 'onProgress'> = {},
): Promise<Adaptation> {
  return shareWork(core, (shared) => adaptationWithin(shared, method, pair, how));
}

/** As {@link adaptationOf}, beside other fits to the pair's source and to the features of its target. */
export async function adaptationWithin(
  shared: SharedWork,
  method: Method,
  { sources, target, classes }: Pair,
  how: Pick<FitOptions, 'signal' | 'onProgress'> = {},
): Promise<Adaptation> {
  const { core } = shared;
  const found = await adapted(shared, method, { source: sources, target: withoutEmotions(target) }, how);
  if (found === null)
    throw new SatnmfError(
      'bad-argument',
      `"method": ${method.name} made no codes of both corpora; satnmf and its special cases do, of 20 rows or more`,
      { argument: 'method', expected: 'satnmf or a special case of it', actual: method.name },
    );
  const { scaled, codes } = found;
  return {
    method: method.name,
    source: nameOfLearnt({ sources }),
    target: target.name,
    sourceRows: sources.reduce((sum, { features }) => sum + features.rows, 0),
    emotions: [...sources.flatMap(({ emotion }) => emotion), ...target.emotion],
    classes,
    before: planeOf(core, stacked(scaled.source, scaled.target)),
    after: planeOf(core, codes),
  };
}
