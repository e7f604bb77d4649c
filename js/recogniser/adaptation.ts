/**
 * Adaptation without labels: class-balanced self-training around given weights (Zou et al., ECCV 2018; adaptive SVM,
 * Yang, Yan & Hauptmann 2007; docs/recogniser.md, "Adaptation").
 *
 * @module
 */
import type { Core } from '../core/index.js';
import type { Matrix } from '../data/index.js';
import { type RowProducts, rowProducts, solveRidge } from './gram.js';
import { combined, concatenated, type LinearWeights } from './training.js';

/** How adaptation goes about it. */
export interface AdaptationSettings {
  /** Rounds of pseudo labels. */
  readonly rounds: number;
  /** λ of the correction around the given weights. */
  readonly correction: number;
  /** How firmly answers are taken: factor of the decisions before they become assignments. */
  readonly firmness: number;
  /** Share of the observed prior; the rest is uniform, so that no class dies out. */
  readonly observed: number;
  /**
   * Whether answers that are far from even are believed more ({@link followed}), and a correction that changes many
   * answers is taken in part only ({@link partOf}; with labels that are known it is taken as it is).
   */
  readonly cautious: boolean;
}

/**
 * Rounds, correction and firmness were chosen on the development targets with the target left out, losses counted twice;
 * caution was not (docs/accuracy.md).
 */
export const ADAPTATION: AdaptationSettings = {
  rounds: 5,
  correction: 1,
  firmness: 3,
  observed: 0.75,
  cautious: true,
};
/**
 * Shares of answers that a correction keeps: none of it is taken at the first, all of it at the second (ours; set by
 * hand on all development targets, so what they give there is flattered: docs/accuracy.md). Weights that do not hold on
 * a target take their own errors for labels; then much changes.
 */
const [NONE, FULL] = [0.7, 0.8];
/** Rounds of scaling rows and columns of the assignments. */
const BALANCING = 50;
/** Least weight of a row whose label is known; the mean weight is 1. */
const KNOWN = 20;

/** What adaptation found for the rows of a target. */
export interface Adapted {
  /** `m x K`, a row of the target a row. */
  readonly decisions: Float64Array;
  /** The given weights with what was learnt added: for new recordings. */
  readonly weights: Pick<LinearWeights, 'weights' | 'bias'>;
  /** Pseudo label of each row in each round, for what is said about the fit. */
  readonly pseudo: readonly Int32Array[];
  /** Which part of the correction was taken, in [0, 1]. */
  readonly part: number;
}

/** What the given weights say of rows. */
export interface DecidedRows {
  /** f∘z, m x d. */
  readonly rows: Matrix;
  /** Decisions of the given weights, m x K. */
  readonly first: Float64Array;
  /** In which rows are summed. */
  readonly order: Int32Array;
  /** Products of these rows in this order, where they are there already. Default: they are computed. */
  readonly products?: RowProducts;
}

/** Rows of labelled corpora that are learnt from beside the target. */
export interface LabelledBeside extends DecidedRows {
  /** Class of each row. */
  readonly labels: Int32Array;
  /** Weight of each row in the regression of each class ({@link sampleWeights}), n x K. */
  readonly weights: Float64Array;
}

/**
 * Adapts to m rows; whoever calls has the Core alone and gives back the memory.
 *
 * @param known class of each row of the target whose label is known, −1 elsewhere
 * @param beside labelled rows that are learnt from too
 */
export function* adapt(
  core: Core,
  given: LinearWeights,
  target: DecidedRows,
  known: Int32Array,
  settings = ADAPTATION,
  beside?: LabelledBeside,
): Generator<undefined, Adapted> {
  const K = given.bias.length;
  const { order } = target;
  const m = order.length;
  // Everything below is in the order of the sums; answers go back to their rows at the end.
  const F = permuted(target.first, order, K);
  const labels = Int32Array.from(order, (row) => known[row]);
  if (beside === undefined && isConstant(F, K) && labels.every((k) => k < 0))
    return { decisions: target.first, weights: given, pseudo: [], part: 0 };
  const parts = beside === undefined ? [target] : [target, beside];
  const ridge = new RidgeAround(core, given, parts);
  yield;
  let H: Float64Array = F;
  const pseudo: Int32Array[] = [];
  const taught = beside === undefined ? [] : [taughtBy(beside, K)];
  for (let round = 0; round < settings.rounds; round++) {
    const { classes, weights } = pseudoLabels(core, H, labels, K, settings);
    const lesson = { classes, weights: Float64Array.from(F, (_, i) => weights[(i / K) | 0]) };
    H = (yield* ridge.learn([lesson, ...taught], settings.correction)).subarray(0, m * K);
    const inRows = new Int32Array(m);
    order.forEach((row, i) => (inRows[row] = classes[i]));
    pseudo.push(inRows);
    yield;
  }
  const part = settings.cautious && labels.every((k) => k < 0) ? partOf(agreement(F, H, K)) : 1;
  const decisions = new Float64Array(m * K);
  order.forEach((row, i) => {
    for (let k = 0; k < K; k++) {
      const before = F[i * K + k];
      decisions[row * K + k] = before + part * (H[i * K + k] - before);
    }
  });
  return { decisions, weights: ridge.weights(part), pseudo, part };
}

/** Share of rows whose largest decision is of the same class. */
function agreement(F: Float64Array, H: Float64Array, K: number): number {
  const m = F.length / K;
  let same = 0;
  for (let i = 0; i < m; i++) if (largest(F, i, K) === largest(H, i, K)) same++;
  return same / m;
}

const partOf = (agreed: number): number => Math.min(1, Math.max(0, (agreed - NONE) / (FULL - NONE)));

/**
 * Labelled rows learnt around given weights: the ridge regression of {@link adapt} with known labels alone.
 *
 * @returns the given weights with what was learnt added
 */
export function* learnAround(
  core: Core,
  given: LinearWeights,
  labelled: LabelledBeside,
  correction = ADAPTATION.correction,
): Generator<undefined, Pick<LinearWeights, 'weights' | 'bias'>> {
  const ridge = new RidgeAround(core, given, [labelled]);
  yield* ridge.learn([taughtBy(labelled, given.bias.length)], correction);
  return ridge.weights();
}

/** Classes of rows in the order of their sums, and their weights, n x K. */
interface Lesson {
  readonly classes: Int32Array;
  readonly weights: Float64Array;
}

const taughtBy = ({ order, labels, weights }: LabelledBeside, K: number): Lesson => ({
  classes: Int32Array.from(order, (row) => labels[row]),
  weights: permuted(weights, order, K),
});

/** Ridge regressions of y − F on some rows, F the decisions of given weights. */
class RidgeAround {
  readonly #given: LinearWeights;
  readonly #rows: Matrix;
  readonly #order: Int32Array;
  readonly #F: Float64Array;
  readonly #G: RowProducts;
  #a: Float64Array;

  constructor(core: Core, given: LinearWeights, parts: readonly DecidedRows[]) {
    const K = given.bias.length;
    this.#given = given;
    this.#rows = parts.length === 1 ? parts[0].rows : concatenated(parts.map(({ rows }) => rows));
    let before = 0;
    this.#order = Int32Array.from(
      parts.flatMap(({ order, rows }) => {
        const first = before;
        before += rows.rows;
        return Array.from(order, (row) => first + row);
      }),
    );
    this.#F = Float64Array.from(parts.flatMap(({ first, order }) => [...permuted(first, order, K)]));
    this.#G =
      (parts.length === 1 ? parts[0].products : undefined) ??
      rowProducts(core, this.#rows, this.#order, given.scale);
    this.#a = new Float64Array(this.#F.length);
  }

  /** What the corrected weights say of all rows; of a row that does not count for a class that is meaningless. */
  *learn(lessons: readonly Lesson[], correction: number): Generator<undefined, Float64Array> {
    const K = this.#given.bias.length;
    const F = this.#F;
    const classes = Int32Array.from(lessons.flatMap((lesson) => [...lesson.classes]));
    const weights = Float64Array.from(lessons.flatMap((lesson) => [...lesson.weights]));
    const wanted = F.map((value, i) => (i % K === classes[(i / K) | 0] ? 1 : -1) - value);
    this.#a = yield* solveRidge(this.#G, weights, correction, wanted, K);
    // (G + λ W⁻¹) a = y − F, so F + G a = y − λ W⁻¹ a.
    return F.map((value, i) =>
      weights[i] === 0 ? value : value + wanted[i] - (correction / weights[i]) * this.#a[i],
    );
  }

  /** The given weights with a part of what was learnt last. */
  weights(part = 1): Pick<LinearWeights, 'weights' | 'bias'> {
    const { scale, weights, bias } = this.#given;
    const learnt = combined(this.#rows, this.#order, this.#a, scale, bias.length);
    return {
      weights: learnt.weights.map((value, i) => part * value + weights[i]),
      bias: learnt.bias.map((value, k) => part * value + bias[k]),
    };
  }
}

const permuted = (values: Float64Array, order: Int32Array, K: number): Float64Array =>
  Float64Array.from(values, (_, i) => values[order[(i / K) | 0] * K + (i % K)]);

/** Whether all rows are one and the same constant. */
function isConstant(F: Float64Array, K: number): boolean {
  for (let i = 0; i < F.length; i++) if (F[i] !== F[0] || K === 1) return false;
  return true;
}

/** Pseudo label and weight of each row, mean weight 1. */
function pseudoLabels(
  core: Core,
  H: Float64Array,
  known: Int32Array,
  K: number,
  { observed, firmness, cautious }: AdaptationSettings,
): { classes: Int32Array; weights: Float64Array } {
  const m = known.length;
  const centred = standardised(H, K);
  const shares = new Float64Array(K);
  for (let i = 0; i < m; i++) shares[largest(centred, i, K)] += 1 / m;
  const believed = cautious ? followed(shares, observed) : observed;
  const prior = shares.map((share) => believed * share + (1 - believed) / K);
  const S = balanced(core, centred, prior, K, firmness);
  const classes = new Int32Array(m);
  const margins = new Float64Array(m);
  const sums = new Float64Array(K);
  for (let i = 0; i < m; i++) {
    if (known[i] >= 0) for (let k = 0; k < K; k++) S[i * K + k] = k === known[i] ? 1 : 0;
    const k = largest(S, i, K);
    let second = 0;
    for (let other = 0; other < K; other++) if (other !== k) second = Math.max(second, S[i * K + other]);
    classes[i] = k;
    margins[i] = S[i * K + k] - second + 1e-9;
    sums[k] += margins[i];
  }
  const weights = margins.map((margin, i) => margin / sums[classes[i]]);
  const mean = weights.reduce((a, b) => a + b, 0) / m;
  return {
    classes,
    weights: weights.map((weight, i) => (known[i] < 0 ? weight / mean : Math.max(weight / mean, KNOWN))),
  };
}

/** Rows less their means, divided by the root mean square of all values. */
export function standardised(H: Float64Array, K: number): Float64Array {
  const out = new Float64Array(H.length);
  let square = 0;
  for (let i = 0; i < H.length; i += K) {
    let mean = 0;
    for (let k = 0; k < K; k++) mean += H[i + k] / K;
    for (let k = 0; k < K; k++) {
      out[i + k] = H[i + k] - mean;
      square += out[i + k] * out[i + k];
    }
  }
  const size = Math.sqrt(square / H.length);
  return size === 0 ? out : out.map((value) => value / size);
}

/**
 * Distances of the answers' shares from even ones: from the first on they are believed more, from the second on wholly
 * (ours; set by hand on all development targets, as {@link NONE}).
 */
const UNEVEN = [0.1, 0.25] as const;

/** How far the shares of the answers are believed: `observed` if they are nearly even, 1 if they are far from it. */
function followed(shares: Float64Array, observed: number): number {
  let distance = 0;
  for (const share of shares) distance += Math.abs(share - 1 / shares.length) / 2;
  const part = (distance - UNEVEN[0]) / (UNEVEN[1] - UNEVEN[0]);
  return observed + (1 - observed) * Math.min(1, Math.max(0, part));
}

/** The largest value of a row; ties go to the lowest class. */
function largest(values: Float64Array, row: number, K: number): number {
  let best = 0;
  for (let k = 1; k < K; k++) if (values[row * K + k] > values[row * K + best]) best = k;
  return best;
}

/** Assignments: rows sum to 1, and all rows together to m times the prior, as near as fifty rounds come to that. */
export function balanced(
  core: Core,
  centred: Float64Array,
  prior: Float64Array,
  K: number,
  firmness: number,
): Float64Array {
  const m = centred.length / K;
  const S = new Float64Array(centred.length);
  for (let i = 0; i < m; i++) {
    const most = centred[i * K + largest(centred, i, K)];
    for (let k = 0; k < K; k++)
      S[i * K + k] = core.exports.exponential(firmness * (centred[i * K + k] - most));
  }
  const rowsToOne = (): void => {
    for (let i = 0; i < S.length; i += K) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += S[i + k];
      for (let k = 0; k < K; k++) S[i + k] /= sum;
    }
  };
  for (let round = 0; round < BALANCING; round++) {
    rowsToOne();
    const sums = new Float64Array(K);
    for (let i = 0; i < S.length; i++) sums[i % K] += S[i];
    const factor = sums.map((sum, k) => (m * prior[k]) / Math.max(sum, 1e-12));
    for (let i = 0; i < S.length; i++) S[i] *= factor[i % K];
  }
  rowsToOne();
  return S;
}
