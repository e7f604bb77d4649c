/**
 * A trial from a coder: the SVM on the source's codes, and what it says of the target's.
 *
 * @module
 */
import { PURPOSE, random } from '../../core/index.js';
import { code, type Coder, decideCodes, type Trial } from '../model/index.js';
import { type Decisions, type SvmScheme, trainLinearSvm } from '../svm/index.js';
import type { PreparedTask } from './preparation.js';
import type { FitContext } from './procedure.js';

/** What the SVM on the codes is told. */
export interface CodesSvmOptions {
  readonly svm: SvmScheme;
  /** C > 0 of the SVM on the codes. */
  readonly C: number;
  readonly bias: number;
  readonly seed: number;
  /** What the codes' SVM sees: codes as they are, or scaled to a mean row norm of 1. */
  readonly codes: 'as-they-are' | 'unit-mean-norm';
}

/** Codes with a smaller mean norm are those of zeros, and are not blown up (ours). */
const NO_CODES = 1e-20;

/** 1 / mean Euclidean norm of the rows of r values; 1 if there is nothing to scale. */
export function unitMeanNorm(codes: readonly Float32Array[], r: number): number {
  let sum = 0;
  let rows = 0;
  for (const part of codes)
    for (let i = 0; i < part.length; i += r) {
      let square = 0;
      for (let k = i; k < i + r; k++) square += part[k] * part[k];
      sum += Math.sqrt(square);
      rows++;
    }
  return sum > rows * NO_CODES ? rows / sum : 1;
}

/** Trains the SVM of trial `trial` on codes (n x r), times `scale`. */
export function trainOnCodes(
  {
    core,
    prepared,
    options,
  }: Pick<FitContext<Omit<CodesSvmOptions, 'codes'>>, 'core' | 'options'> & {
    readonly prepared: Pick<PreparedTask, 'classes' | 'labels' | 'rowWeights'>;
  },
  codes: Float32Array,
  scale: number,
  trial = 0,
) {
  const { svm, C, bias, seed } = options;
  const { labels, classes, rowWeights } = prepared;
  return trainLinearSvm(
    {
      rows: Float64Array.from(codes, (value) => value * scale),
      features: codes.length / labels.length,
      labels,
      classes: classes.length,
      ...(rowWeights && { weights: rowWeights }),
    },
    { scheme: svm, C, bias },
    random(core, seed, 16 * trial + PURPOSE.svm),
  );
}

/** Codes both corpora, trains on the source's codes and decides on the target's: all that follows the coder. */
export function trialOnCodes(
  context: FitContext<CodesSvmOptions>,
  coder: Coder,
): { trial: Trial; decisions: Decisions } {
  const { core, prepared, options } = context;
  const [source, target] = [prepared.source, prepared.target].map((rows) => code(core, coder, rows));
  const scale =
    options.codes === 'unit-mean-norm' ? unitMeanNorm([source.data, target.data], source.cols) : 1;
  const svm = trainOnCodes(context, source.data, scale);
  return {
    trial: { coder, scale, agreement: 1, svm },
    decisions: decideCodes(svm, target.data, scale),
  };
}
