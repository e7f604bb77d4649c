/**
 * The parts of a model from its bytes. Every length and index is checked before use; predictions after
 * a round trip have the same bits.
 *
 * @module
 */
import { longColumns, type Tensor } from '../../data/index.js';
import { type Normalizer, normalizerFromTensors } from '../../data/scaling/index.js';
import { SatnmfError } from '../../errors.js';
import type { Container } from '../../io/index.js';
import { codeWidth, readCoder } from './coders/coder.js';
import { tellEveryKind } from './coders/every-kind.js';
import type { Vote } from './ballot.js';
import type { LinearSvm } from '../svm/index.js';
import { namesHash } from './bytes.js';
import { type Fields, LARGEST_WEIGHT, ModelFields } from './fields.js';
import { refuseGone } from './gone-options.js';
import type { ModelParts, Said, Trial } from './parts.js';
import { sharpnessOf } from './probabilities.js';

/** What a file says, checked. */
export function modelParts({ meta, tensors }: Container, file: string): ModelParts {
  tellEveryKind();
  return new Reader(meta, tensors, file).parts();
}

/** How far the shares of a row may be from 1 in sum (ours): they are quotients of counts. */
const SHARE_ERROR = 1e-12;

/** Which classes the vectors of an SVM speak for and against, in their order (js/learn/svm/train.ts). */
function sides(paired: boolean, present: Int32Array): { positive: number[]; negative: number[] } {
  const classes = Array.from(present);
  const pairs = paired ? classes.flatMap((a, i) => classes.slice(i + 1).map((b) => [a, b] as const)) : [];
  return paired
    ? { positive: pairs.map(([a]) => a), negative: pairs.map(([, b]) => b) }
    : { positive: classes, negative: classes.map(() => -1) };
}

/** Takes a model's file apart; each part refuses what does not fit. */
class Reader {
  readonly #in: ModelFields;
  readonly #meta: Fields;
  readonly #tensors: readonly Tensor[];
  readonly #file: string;

  constructor(meta: unknown, tensors: readonly Tensor[], file: string) {
    this.#in = new ModelFields(tensors, file);
    this.#tensors = tensors;
    this.#file = file;
    this.#meta = this.#in.fields(meta, 'meta');
  }

  /** Distinct class indices, ascending, one at least. */
  #classes(of: Fields, key: string, below: number): Int32Array {
    const list = this.#in.list<number>(of, key, 'number');
    if (list.some((k) => !Number.isSafeInteger(k) || k < 0 || k >= below))
      this.#in.broken(`"${key}" names a class that is not there`);
    if (list.length === 0 || list.some((k, i) => i > 0 && k <= list[i - 1]))
      this.#in.broken(`"${key}" is not a list of classes`);
    return Int32Array.from(list);
  }

  /** A list that can only be this one. */
  #exactly(of: Fields, key: string, expected: readonly number[]): Int32Array {
    const list = this.#in.list<number>(of, key, 'number');
    if (list.length !== expected.length || list.some((k, i) => k !== expected[i]))
      this.#in.broken(`"${key}" does not go with the scheme and its classes`);
    return Int32Array.from(list);
  }

  #normalizer(cols: number): Normalizer {
    let found: Normalizer;
    try {
      found = normalizerFromTensors(this.#meta['normalizer'], this.#tensors);
    } catch (error) {
      if (error instanceof SatnmfError) this.#in.broken(error.message);
      throw error;
    }
    return found.cols === cols ? found : this.#in.broken('its normaliser has another width');
  }

  #svm(value: unknown, name: string, inputs: number, classes: number): LinearSvm {
    const of = this.#in.fields(value, name);
    const scheme = this.#in.text(of, 'scheme');
    if (scheme !== 'ovr-l2' && scheme !== 'ovo' && scheme !== 'cs')
      this.#in.broken(`"scheme" of ${name} is unknown`);
    if (this.#in.size(of, 'inputs', 2 ** 31) !== inputs)
      this.#in.broken(`${name} must have ${inputs} inputs`);
    if (this.#in.size(of, 'classes', 2 ** 16) !== classes)
      this.#in.broken(`${name} must have ${classes} classes`);
    const present = this.#classes(of, 'present', classes);
    const p = present.length;
    // `ovr-l2` needs one vector for two classes; a single class needs none.
    const paired = scheme === 'ovo' || p === 1 || (p === 2 && scheme !== 'cs');
    const outputs = paired ? (p * (p - 1)) / 2 : p;
    if (this.#in.size(of, 'outputs', 2 ** 31) !== outputs)
      this.#in.broken(`${name} must have ${outputs} outputs`);
    // Before the lists are made that they must agree with: the file is at least as large as these.
    const vectors = this.#in.wide(`${name}.vectors`, [outputs, inputs]);
    const { positive, negative } = sides(paired, present);
    return {
      scheme,
      form: 'weights',
      C: this.#in.number(of, 'C'),
      bias: this.#in.number(of, 'bias'),
      classes,
      present,
      inputs,
      outputs,
      vectors,
      intercepts: this.#in.wide(`${name}.intercepts`, [outputs]),
      positive: this.#exactly(of, 'positive', positive),
      negative: this.#exactly(of, 'negative', negative),
      reports: [],
      converged: of['converged'] === true,
    };
  }

  #trial(value: unknown, t: number, d: number, classes: number): Trial {
    const of = this.#in.fields(value, `trial ${t}`);
    const coder = readCoder(this.#in, of, `trial.${t}`, d);
    const svm = this.#svm(of['svm'], `trial.${t}.svm`, codeWidth(coder), classes);
    const scale = this.#in.within(of, 'scale', 0, LARGEST_WEIGHT);
    return { coder, scale, agreement: this.#in.within(of, 'agreement', 0, 1), svm };
  }

  /** Absent: 0. Decision values of trials are fused with the base's, so it takes trials and a vote by margin. */
  #fusion(vote: Vote, trials: number): number {
    if (this.#meta['fusion'] === undefined) return 0;
    const fusion = this.#in.within(this.#meta, 'fusion', 0, LARGEST_WEIGHT);
    return fusion === 0 || (vote === 'margin' && trials > 0)
      ? fusion
      : this.#in.broken('"fusion" does not go with its vote and trials');
  }

  #target(classes: readonly string[]): Said {
    const c = classes.length;
    const m = this.#in.length('target.class');
    if (m < 1) this.#in.broken('it says nothing of a target');
    const index = this.#in.tensor('target.class', [m], Int32Array);
    if (index.some((k) => k < 0 || k >= c)) this.#in.broken('"target.class" names a class that is not there');
    const shares = this.#in.wide('target.shares', [m, c], 1);
    if (shares.some((value) => value < 0)) this.#in.broken('a share is negative');
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let k = 0; k < c; k++) sum += shares[i * c + k];
      if (Math.abs(sum - 1) > SHARE_ERROR) this.#in.broken(`the shares of row ${i} do not sum to 1`);
    }
    const margins = this.#in.wide('target.margins', [m, c], Infinity);
    return { emotions: Array.from(index, (k) => classes[k]), shares, margins };
  }

  parts(): ModelParts {
    const meta = this.#meta;
    const classes = this.#in.list<string>(meta, 'classes', 'string');
    if (classes.length < 2) this.#in.broken('it has fewer than two classes');
    if (classes.some((word, k) => k > 0 && !(classes[k - 1] < word)))
      this.#in.broken('its classes are not in order');
    const columns = this.#in.list<string>({ columns: longColumns(meta['columns']) }, 'columns', 'string');
    if (columns.length === 0) this.#in.broken('it has no features');
    if (namesHash(columns) !== meta['columnsHash'])
      this.#in.broken('its feature names do not agree with their checksum');
    const vote = this.#in.text(meta, 'vote');
    if (vote !== 'majority' && vote !== 'margin') this.#in.broken('"vote" is unknown');
    const trials = meta['trials'];
    if (!Array.isArray(trials)) this.#in.broken('"trials" is not a list');
    const options = this.#in.fields(meta['options'], 'options');
    refuseGone(options, this.#file);
    const normalizer = this.#normalizer(columns.length);
    const target = this.#target(classes);
    return {
      method: this.#in.text(meta, 'method'),
      options,
      classes,
      columns,
      warnings: this.#in.list<string>(meta, 'warnings', 'string'),
      iterations: this.#in.list<number>(meta, 'iterations', 'number'),
      normalizer,
      base: this.#svm(meta['base'], 'base', columns.length, classes.length),
      trials: (trials as unknown[]).map((trial, t) => this.#trial(trial, t, columns.length, classes.length)),
      vote,
      fusion: this.#fusion(vote, trials.length),
      transductive: this.#in.flag(meta, 'transductive'),
      // Files of version 0.1 have none.
      sharpness:
        meta['sharpness'] === undefined
          ? sharpnessOf(target.margins, classes.length)
          : this.#in.within(meta, 'sharpness', 0, LARGEST_WEIGHT),
      target,
      explanation:
        meta['explanation'] === undefined ? [] : this.#in.list<string>(meta, 'explanation', 'string'),
    };
  }
}
