/**
 * golden/recogniser.json: every step of the recogniser on a small problem, from an independent float64 implementation.
 *
 * @module
 */
import type { Labelled, Moments, Trained } from './recogniser.js';

interface StoredCorpus {
  readonly features: number[][];
  readonly labels: number[];
  readonly speaker: string[];
}

export interface RecogniserNumbers {
  readonly classes: number;
  readonly sources: readonly StoredCorpus[];
  readonly target: Omit<StoredCorpus, 'labels'>;
  readonly normalised: Readonly<Record<'source0' | 'source1' | 'target' | 'first4rowsAlone', number[][]>>;
  readonly pool: Moments;
  readonly sampleWeights: number[];
  readonly trained: Trained;
  readonly decisions: {
    readonly trained: number[][];
    readonly adapted: number[][];
    readonly adaptedWithLabels: number[][];
    readonly labelledRows: number[];
    readonly labelsGiven: number[];
    readonly first4rowsAlone: number[][];
  };
  readonly assignedPrior: number[];
  readonly assigned: number[][];
  readonly oneSource: Omit<Trained, 'featureWeights'> & { readonly decisions: number[][] };
}

/** golden/recogniser-masked.json: the same problem, rows of the source that lacks class 2 masked in its regression. */
export type MaskedNumbers = Omit<Trained, 'featureWeights' | 'scale'> & { readonly decisions: number[][] };

/** The first sources, scaled as stored, one after the other. */
export function trainingOf({ sources, normalised, classes }: RecogniserNumbers, count = 2): Labelled {
  const scaled = [normalised.source0, normalised.source1].slice(0, count);
  const some = sources.slice(0, count);
  return {
    rows: scaled.flat(),
    labels: some.flatMap(({ labels }) => labels),
    corpus: some.flatMap(({ labels }, q) => labels.map(() => q)),
    classes,
  };
}
