/**
 * Weights as programs hold them: what they know, a choice of emotions, and bytes.
 *
 * @module
 */
import type { Weights } from '../../contract/index.js';
import { classesOf, type Matrix, quote, unknownWord } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { countKnown, fingerprintsOf } from './fingerprint.js';
import type { WeightsParts } from './parts.js';
import { readWeights, weightsBytes } from './file.js';

/** The class of all weights of this package; of weights that somebody gives, {@link trainedWeights} finds out. */
export class TrainedWeights implements Weights {
  /** @internal */
  readonly parts: WeightsParts;

  /** @internal */
  constructor(parts: WeightsParts) {
    this.parts = parts;
  }

  get name(): string {
    return this.parts.name;
  }

  get classes(): WeightsParts['classes'] {
    return this.parts.classes;
  }

  get columns(): WeightsParts['columns'] {
    return this.parts.columns;
  }

  get corpora(): WeightsParts['corpora'] {
    return this.parts.corpora;
  }

  only(emotions: readonly string[]): TrainedWeights {
    const { classes, linear, name } = this.parts;
    for (const emotion of emotions)
      if (!classes.includes(emotion))
        throw unknownWord(
          emotion,
          classes,
          `"emotions": the weights "${name}" know ${classes.join(', ')}, not ${quote(emotion)}`,
          { argument: 'emotions', expected: classes.join(', ') },
          'unknown-class',
        );
    const chosen = classesOf(emotions);
    if (chosen.length < 2)
      throw new SatnmfError(
        'one-class',
        `"emotions" must name at least two emotions that the weights "${name}" know (${classes.join(', ')}), got ${chosen.length === 0 ? 'none' : chosen[0]}`,
        { argument: 'emotions', expected: 'at least two emotions', actual: String(chosen.length) },
      );
    const places = chosen.map((emotion) => classes.indexOf(emotion));
    const [K, kept] = [classes.length, places.length];
    return new TrainedWeights({
      ...this.parts,
      classes: chosen,
      linear: {
        ...linear,
        weights: Float32Array.from(
          { length: (linear.weights.length / K) * kept },
          (_, i) => linear.weights[Math.floor(i / kept) * K + places[i % kept]],
        ),
        bias: Float64Array.from(places, (k) => linear.bias[k]),
      },
    });
  }

  toBytes(): Uint8Array {
    return weightsBytes(this.parts);
  }
}

/**
 * Weights from the bytes that `toBytes` gave.
 *
 * @param file for messages. Default `weights`
 * @throws {SatnmfError} `bad-file`: not a file of this package; `bad-model`: damaged, or no weights; `wrong-version`
 */
export function loadWeights(bytes: Uint8Array, { file = 'weights' }: { file?: string } = {}): Weights {
  return new TrainedWeights(readWeights(bytes, file));
}

/**
 * Weights that somebody gave, as this package's.
 *
 * @throws {SatnmfError} `bad-argument`: they are something else, or from another copy of the package
 */
export function trainedWeights(weights: Weights): TrainedWeights {
  if (weights instanceof TrainedWeights) return weights;
  throw new SatnmfError(
    'bad-argument',
    '"weights" must come from `train` or `loadWeights` of this copy of satnmf. If your program holds two copies of ' +
      'the package, hand over the bytes: loadWeights(weights.toBytes())',
    { argument: 'weights', expected: 'weights of this copy of satnmf' },
  );
}

/** How many rows of raw features the weights were trained on, by their fingerprints (about 1 in 200 counts by accident). */
export function trainedRows(weights: Weights, features: Matrix): number {
  const { pool, prints } = trainedWeights(weights).parts;
  return countKnown(fingerprintsOf(features, pool), prints);
}
