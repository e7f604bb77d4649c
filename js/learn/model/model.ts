/**
 * The Model that all methods of this package return: a base SVM on the features, and no, one or
 * several trials that code the features and classify the codes.
 *
 * @module
 */
import type { Core } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';
import { checkFilled, checkFinite, checkMagnitude, type Matrix } from '../../data/index.js';
import { applyNormalizer } from '../../data/scaling/index.js';
import { code, codeWidth } from './coders/coder.js';
import { decide, type Decisions, type LinearSvm } from '../svm/index.js';
import type { Classification, Model } from '../../contract/index.js';
import { modelBytes } from './bytes.js';
import type { ModelParts, Said } from './parts.js';
import { probabilitiesOf } from './probabilities.js';
import { ballotOf, type Fusion, type Vote } from './ballot.js';

/** Decisions of an SVM on a matrix of codes, scaled. */
export function decideCodes(svm: LinearSvm, codes: Float32Array, scale: number): Decisions {
  const rows = new Float64Array(codes.length);
  for (let i = 0; i < rows.length; i++) rows[i] = codes[i] * scale;
  return decide(svm, rows);
}

/** One answer from the decisions of the base SVM alone, or of all trials and what is fused with them. */
export function classify(
  classes: readonly string[],
  said: readonly Decisions[],
  vote: Vote,
  fusion?: Fusion,
): Said {
  const { winners, shares, margins } = ballotOf(said, vote, fusion);
  return { emotions: Array.from(winners, (k) => classes[k]), shares, margins };
}

/** What leaves a model is finite: rows that are too large for it are refused instead (`cols` values a row). */
function checkOutcome(what: string, values: Float32Array | Float64Array, cols: number): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const row = Math.floor(at / cols);
  throw new SatnmfError(
    'not-finite',
    `"rows": a ${what} of row ${row} leaves the range of numbers; its features are too large for this model`,
    { argument: 'rows', row },
  );
}

/** The class of every model of this package; of a model that somebody gives, {@link adaptedModel} finds out. */
export class AdaptedModel implements Model {
  /** @internal */
  readonly parts: ModelParts;
  readonly #core: Core;

  /** @internal */
  constructor(core: Core, parts: ModelParts) {
    this.#core = core;
    this.parts = parts;
  }

  get method(): string {
    return this.parts.method;
  }

  get options(): Readonly<Record<string, unknown>> {
    return this.parts.options;
  }

  get classes(): readonly string[] {
    return this.parts.classes;
  }

  get columns(): readonly string[] {
    return this.parts.columns;
  }

  get warnings(): readonly string[] {
    return this.parts.warnings;
  }

  get iterations(): readonly number[] {
    return this.parts.iterations;
  }

  predict(rows?: Matrix): string[] {
    return this.classify(rows).emotions;
  }

  classify(rows?: Matrix): Classification {
    const { target, classes, trials, base, vote, fusion } = this.parts;
    if (rows === undefined)
      return this.#judged({
        emotions: target.emotions.slice(),
        shares: target.shares.slice(),
        margins: target.margins.slice(),
      });
    const scaled = this.#scaled(rows);
    const said =
      trials.length === 0
        ? [decide(base, scaled.data)]
        : trials.map(({ coder, scale, svm }) =>
            decideCodes(svm, code(this.#core, coder, scaled).data, scale),
          );
    const beside = fusion === 0 ? undefined : { base: decide(base, scaled.data), factor: fusion };
    const found = classify(classes, said, vote, beside);
    checkOutcome('margin', found.margins, classes.length);
    return this.#judged(found);
  }

  /** With probabilities, and with that of the emotion given as confidence. */
  #judged(said: Said): Classification {
    const { classes, sharpness } = this.parts;
    const c = classes.length;
    const probabilities = probabilitiesOf(this.#core, said.margins, c, sharpness);
    const confidence = Float64Array.from(
      said.emotions,
      (emotion, i) => probabilities[i * c + classes.indexOf(emotion)],
    );
    return { ...said, confidence, probabilities };
  }

  transform(rows: Matrix): Matrix {
    const scaled = this.#scaled(rows);
    const { trials } = this.parts;
    if (trials.length === 0) return scaled;
    const cols = trials.reduce((sum, { coder }) => sum + codeWidth(coder), 0);
    const data = new Float32Array(rows.rows * cols);
    let first = 0;
    for (const { coder, scale } of trials) {
      const codes = code(this.#core, coder, scaled);
      const r = codes.cols;
      for (let i = 0; i < rows.rows; i++)
        for (let k = 0; k < r; k++) data[i * cols + first + k] = codes.data[i * r + k] * scale;
      first += r;
    }
    checkOutcome('code', data, cols);
    return { rows: rows.rows, cols, data };
  }

  /** Raw features as the fitted target's were scaled. */
  #scaled(rows: Matrix): Matrix {
    if (this.parts.transductive)
      throw new SatnmfError(
        'unsupported',
        `a model of ${this.method} says something of the target that it was fitted with, not of new recordings: ` +
          'fit again with them in the target',
        { argument: 'rows', expected: 'nothing' },
      );
    checkFilled('rows', rows);
    const d = this.parts.columns.length;
    if (rows.cols !== d)
      throw new SatnmfError(
        'shape-mismatch',
        `"rows" must have ${d} features, as the model was fitted with, got ${rows.cols}`,
        { argument: 'rows', expected: String(d), actual: String(rows.cols) },
      );
    const { columns, normalizer } = this.parts;
    const named = { name: 'rows', features: rows, columns, file: new Array<null>(rows.rows).fill(null) };
    checkFinite(named);
    if (normalizer.kind === 'none') checkMagnitude(named);
    return applyNormalizer(normalizer, rows);
  }

  /** @internal The same model with some parts changed. */
  with(change: Partial<ModelParts>, core = this.#core): AdaptedModel {
    return new AdaptedModel(core, { ...this.parts, ...change });
  }

  toBytes(): Uint8Array {
    return modelBytes(this.parts);
  }
}

/**
 * A model that somebody gave, as one of this package's.
 *
 * @throws {SatnmfError} `bad-argument`: it is something else, or from another copy of the package, whose classes are
 *   not the same
 */
export function adaptedModel(model: Model): AdaptedModel {
  if (model instanceof AdaptedModel) return model;
  throw new SatnmfError(
    'bad-argument',
    '"model" must come from `fit` or `loadModel` of this copy of satnmf. If your program holds two copies of the ' +
      'package, hand over the bytes: loadModel(model.toBytes())',
    { argument: 'model', expected: 'a model of this copy of satnmf' },
  );
}
