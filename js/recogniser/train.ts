/**
 * Training of weights on labelled corpora, and the sharpness of their probabilities.
 *
 * @module
 */
import type { TrainedOn, Weights } from '../contract/index.js';
import { type Core, sharedCore } from '../core/index.js';
import {
  checkColumns,
  checkFinite,
  checkKeys,
  checkNumber,
  checkRows,
  classesOfSources,
  classIndices,
  type Corpus,
  type Matrix,
  selectRows,
} from '../data/index.js';
import { SatnmfError } from '../errors.js';
import { adapt } from './adaptation.js';
import { fingerprintsOf } from './weights/fingerprint.js';
import {
  inverseMeanSquare,
  LEAST_RIDGE,
  ridgeBytes,
  type RowProducts,
  rowProducts,
  solveRidge,
  TIGHT,
} from './gram.js';
import { fitSharpness, type Judged } from './probabilities.js';
import { finish } from './running.js';
import { poolOf, scaleSource } from './scaling.js';
import {
  combined,
  featureWeights,
  type LabelledRows,
  RIDGE,
  sampleWeights,
  targetsOf,
  weightedRows,
} from './training.js';
import { roundedLinear, roundedPool, type WeightsParts } from './weights/parts.js';
import { TrainedWeights } from './weights/trained-weights.js';

/** A labelled corpus with what is to be said of it where weights are used. */
export interface TrainingCorpus {
  readonly corpus: Corpus;
  readonly licence?: string;
  readonly credit?: string;
}

/** Sharpness where there is one corpus only, and nothing can be left out: that of EmoDB with CREMA-D (ours). */
const DEFAULT_SHARPNESS = { trained: 2, adapted: 1.5 };
/** Residual at which weights are good enough to fit a sharpness by. */
const LOOSE = 0.01;

/** Steps of training that are reported: `done` of `all`. */
export type TrainingStep = { readonly phase: string; readonly done: number; readonly all: number };

/** How to train. */
export interface TrainOptions {
  /** What the weights are called. Default: the names of the corpora, joined by ` + `. */
  readonly name?: string;
  /** λ ≥ 0 of the ridge regression; counts as at least 1e-6. Default 3. */
  readonly ridge?: number;
  /** Cancels: the promise rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: TrainingStep) => void;
  /** Core to run on. Default: the shared one of this thread. */
  readonly core?: Core;
}

/**
 * Trains weights on labelled corpora, for `linear` and `self-training` (docs/recogniser.md, "Training"). Rows without an
 * emotion only tell how their corpus sounds. Corpora may lack emotions that others have.
 *
 * @param corpora each with its licence and whom to credit, which the weights keep; at least one
 * @throws {SatnmfError} `bad-argument`: no corpora; `one-class`: fewer than two emotions in all; `too-few-rows`: a
 *   corpus without labelled rows; `shape-mismatch`: other features than the first corpus; `not-finite`; `too-large`
 *
 * @example
 * const weights = await train([{ corpus: emodb, licence: 'CC BY 4.0' }, { corpus: mine }], { name: 'mine' });
 * const bytes = weights.toBytes(); // loadWeights(bytes) gives them back
 */
export async function train(
  corpora: readonly TrainingCorpus[],
  options: TrainOptions = {},
): Promise<Weights> {
  checkKeys('train', options, ['name', 'ridge', 'signal', 'onProgress', 'core']);
  const { signal, onProgress, ridge = RIDGE } = options;
  checkNumber('ridge', ridge, { min: 0, max: 1e12 });
  const name = options.name ?? corpora.map(({ corpus }) => corpus.name).join(' + ');
  const core = options.core ?? (await sharedCore());
  const parts = await core.exclusive(() =>
    finish(trainOn(core, corpora, name, ridge), signal, (step) => {
      if (step !== undefined) onProgress?.(step);
    }),
  );
  return new TrainedWeights(parts);
}

/**
 * Trains weights; whoever calls has the Core alone and gives back the memory.
 *
 * Rows without an emotion are left out. Corpora are scaled each by itself and weigh the same.
 *
 * @throws {SatnmfError} `bad-argument`: no corpora; `one-class`: fewer than two emotions in all; `too-few-rows`: a
 *   corpus without labelled rows; `shape-mismatch`: other features than the first corpus; `not-finite`; `too-large`
 */
export function* trainOn(
  core: Core,
  given: readonly TrainingCorpus[],
  name: string,
  asked = RIDGE,
): Generator<TrainingStep | undefined, WeightsParts> {
  const ridge = Math.max(asked, LEAST_RIDGE);
  if (given.length === 0)
    throw new SatnmfError('bad-argument', '"corpora" must hold at least one labelled corpus, got none', {
      argument: 'corpora',
      expected: 'at least one corpus',
      actual: '0',
    });
  const first = given[0].corpus;
  for (const { corpus } of given) {
    checkColumns(first, corpus);
    checkFinite(corpus);
  }
  const classes = classesOfSources(given.map(({ corpus }) => corpus));
  const K = classes.length;
  const labelled: LabelledRows[] = [];
  const moments = [];
  const raw: Matrix[] = [];
  for (const [done, { corpus }] of given.entries()) {
    const rows = Int32Array.from(corpus.emotion.keys()).filter((i) => corpus.emotion[i] !== null);
    checkRows({ ...corpus, features: { ...corpus.features, rows: rows.length } }, 1);
    // All rows tell how its speakers sound; those with an emotion are learnt.
    const scaled = scaleSource(corpus);
    moments.push(scaled.moments);
    labelled.push({
      rows: selectRows(scaled.rows, rows),
      labels: classIndices(
        Array.from(rows, (i) => corpus.emotion[i]),
        classes,
      ),
    });
    raw.push(selectRows(corpus.features, rows));
    yield { phase: 'scaling', done: done + 1, all: given.length };
  }
  const pool = roundedPool(poolOf(moments));
  const f = featureWeights(labelled, K);
  const X = weightedRows(
    labelled.map(({ rows }) => rows),
    f,
  );
  yield;
  // Adapting to a corpus that is left out takes less: it has fewer rows.
  core.reserve(ridgeBytes(X.rows, X.cols, K), 'This training');
  const order = Int32Array.from({ length: X.rows }, (_, i) => i);
  const scale = inverseMeanSquare(X, order);
  yield { phase: 'products', done: 0, all: 1 };
  const mark = core.exports.mark();
  const G = rowProducts(core, X, order, scale);
  yield { phase: 'products', done: 1, all: 1 };
  const Y = targetsOf(labelled, K);
  const a = yield* solveRidge(G, sampleWeights(labelled, K, 'masked'), ridge, Y, K, TIGHT);
  yield { phase: 'weights', done: 1, all: 1 };
  const held = yield* leavingOut(labelled, G, Y, K, ridge);
  core.exports.release(mark);
  const linear = roundedLinear({ featureWeights: f, scale, ...combined(X, order, a, scale, K) }, pool);
  const adapted: Judged[] = [];
  for (const [done, { rows, ...judged }] of held.entries()) {
    const A = selectRows(X, rows);
    const before = core.exports.mark();
    const unknown = new Int32Array(A.rows).fill(-1);
    const weights = {
      ...linear,
      bias: new Float64Array(judged.K),
      weights: new Float32Array(A.cols * judged.K),
    };
    const decided = { rows: A, first: judged.decisions, order: order.subarray(0, A.rows) };
    const { decisions } = yield* adapt(core, weights, decided, unknown);
    core.exports.release(before);
    adapted.push({ ...judged, decisions });
    yield { phase: 'confidence', done: done + 1, all: held.length };
  }
  return {
    name,
    classes,
    columns: first.columns,
    pool,
    linear,
    sharpness:
      held.length === 0
        ? DEFAULT_SHARPNESS
        : { trained: fitSharpness(core, held), adapted: fitSharpness(core, adapted) },
    corpora: given.map(({ corpus, licence = '', credit = '' }, q): TrainedOn => ({
      name: corpus.name,
      rows: raw[q].rows,
      licence,
      credit,
    })),
    prints: Uint32Array.from(raw.flatMap((rows) => [...fingerprintsOf(rows, pool)])),
  };
}

/** Rows that weights were not trained on, and what they say of them: as to the classes that they share with the others. */
interface HeldOut extends Judged {
  /** Rows among all training rows. */
  readonly rows: Int32Array;
}

/** What weights that were trained without a corpus say of it, for each corpus that shares two classes with the others. */
function* leavingOut(
  labelled: readonly LabelledRows[],
  G: RowProducts,
  Y: Float64Array,
  K: number,
  ridge: number,
): Generator<TrainingStep | undefined, HeldOut[]> {
  const held: HeldOut[] = [];
  let first = 0;
  for (const [q, { labels }] of labelled.entries()) {
    const [from, last] = [first, first + labels.length];
    first = last;
    const others = labelled.filter((_, other) => other !== q);
    const common = Array.from({ length: K }, (_, k) => k).filter(
      (k) => labels.includes(k) && others.some((other) => other.labels.includes(k)),
    );
    if (common.length < 2) continue;
    const weights = new Float64Array(G.n * K);
    const some = sampleWeights(others, K, 'masked');
    weights.set(some.subarray(0, from * K));
    weights.set(some.subarray(from * K), last * K);
    const a = yield* solveRidge(G, weights, ridge, Y, K, LOOSE);
    const decisions = G.times(a, K);
    const rows = Int32Array.from(labels.keys())
      .filter((i) => common.includes(labels[i]))
      .map((i) => from + i);
    held.push({
      K: common.length,
      rows,
      labels: rows.map((i) => common.indexOf(labels[i - from])),
      decisions: Float64Array.from(Array.from(rows, (i) => common.map((k) => decisions[i * K + k])).flat()),
    });
    yield { phase: 'leaving out', done: q + 1, all: labelled.length };
  }
  return held;
}
