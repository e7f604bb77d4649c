/**
 * Training of weights on labelled corpora, and the sharpness of their probabilities.
 *
 * @module
 */
import type { Core } from '../core/core.js';
import { checkColumns, checkFinite, checkMagnitude, checkRows } from '../data/check.js';
import type { Corpus } from '../data/corpus.js';
import { classesOf, classIndices } from '../data/emotions.js';
import { type Matrix, selectRows } from '../data/matrix.js';
import { SatnmfError } from '../errors.js';
import { adapt, adaptationBytes } from './adaptation.js';
import { fingerprintsOf } from './fingerprint.js';
import { inverseMeanSquare, rowProducts, solveRidge, TIGHT } from './gram.js';
import { fitSharpness, type Judged } from './probabilities.js';
import { poolOf, scaleSource } from './scaling.js';
import {
  combined,
  featureWeights,
  type LabelledRows,
  RIDGE,
  sampleWeights,
  targetsOf,
  trainingBytes,
  weightedRows,
} from './training.js';
import { roundedLinear, roundedPool, type TrainedOn, type WeightsParts } from './weights.js';

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
): Generator<TrainingStep | undefined, WeightsParts> {
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
    checkMagnitude(corpus);
  }
  const classes = classesOf(given.flatMap(({ corpus }) => [...corpus.emotion]));
  if (classes.length < 2)
    throw new SatnmfError(
      'one-class',
      `The corpora need at least two emotions together, they have ${classes.length === 0 ? 'none' : classes[0]}`,
      { argument: 'corpora', expected: 'at least two emotions', actual: String(classes.length) },
    );
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
  core.reserve(trainingBytes(X.rows, X.cols, K), 'This training');
  const order = Int32Array.from({ length: X.rows }, (_, i) => i);
  const scale = inverseMeanSquare(X, order);
  yield { phase: 'products', done: 0, all: 1 };
  const mark = core.exports.mark();
  const G = rowProducts(core, X, order, scale);
  yield { phase: 'products', done: 1, all: 1 };
  const Y = targetsOf(labelled, K);
  const a = yield* solveRidge(G, sampleWeights(labelled, K, 'masked'), RIDGE, Y, K, TIGHT);
  yield { phase: 'weights', done: 1, all: 1 };
  const judged = yield* leavingOut(labelled, G, Y, K);
  core.exports.release(mark);
  const linear = roundedLinear({ featureWeights: f, scale, ...combined(X, order, a, scale, K) }, pool);
  const adapted: Judged[] = [];
  let at = 0;
  for (const [q, { labels }] of labelled.entries()) {
    const rows = order.subarray(at, at + labels.length);
    at += labels.length;
    if (judged.length === 0) continue;
    const A = selectRows(X, rows);
    core.reserve(adaptationBytes(A.rows, A.cols, K), 'This training');
    const before = core.exports.mark();
    const own = order.subarray(0, A.rows);
    const { decisions } = yield* adapt(
      core,
      linear,
      A,
      judged[q].decisions,
      own,
      new Int32Array(A.rows).fill(-1),
    );
    core.exports.release(before);
    adapted.push({ decisions, labels });
    yield { phase: 'confidence', done: q + 1, all: labelled.length };
  }
  return {
    name,
    classes,
    columns: first.columns,
    pool,
    linear,
    sharpness:
      judged.length === 0
        ? DEFAULT_SHARPNESS
        : { trained: fitSharpness(core, judged, K), adapted: fitSharpness(core, adapted, K) },
    corpora: given.map(({ corpus, licence = '', credit = '' }, q): TrainedOn => ({
      name: corpus.name,
      rows: raw[q].rows,
      licence,
      credit,
    })),
    prints: Uint32Array.from(raw.flatMap((rows) => [...fingerprintsOf(rows, pool)])),
  };
}

/** What weights that were trained without a corpus say of it, for each corpus; nothing if there is one only. */
function* leavingOut(
  labelled: readonly LabelledRows[],
  G: ReturnType<typeof rowProducts>,
  Y: Float64Array,
  K: number,
): Generator<TrainingStep | undefined, Judged[]> {
  if (labelled.length < 2) return [];
  const judged: Judged[] = [];
  let first = 0;
  for (const [q, { labels }] of labelled.entries()) {
    const last = first + labels.length;
    const others = labelled.filter((_, other) => other !== q);
    const weights = new Float64Array(G.n * K);
    const some = sampleWeights(others, K, 'masked');
    weights.set(some.subarray(0, first * K));
    weights.set(some.subarray(first * K), last * K);
    const a = yield* solveRidge(G, weights, RIDGE, Y, K, LOOSE);
    judged.push({ decisions: G.times(a, K).slice(first * K, last * K), labels });
    first = last;
    yield { phase: 'leaving out', done: q + 1, all: labelled.length };
  }
  return judged;
}
