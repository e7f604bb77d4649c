/**
 * The weights that come with the package, and which of their emotions are answered.
 *
 * @module
 */
import type { Weights } from '../../contract/index.js';
import { loadWeights } from '../weights/trained-weights.js';

/** Answered unless others are asked for: what most corpora have, and what most people mean. */
export const EVERYDAY_EMOTIONS: readonly string[] = Object.freeze([
  'anger',
  'fear',
  'happiness',
  'neutral',
  'sadness',
]);

let open: Promise<Weights> | undefined;

/** The weights `open`, trained on EmoDB and CREMA-D. They are read when they are first asked for. */
export function openWeights(): Promise<Weights> {
  open ??= import('./builtin/open-base64.js').then(({ OPEN }) =>
    loadWeights(
      Uint8Array.from(atob(OPEN), (letter) => letter.charCodeAt(0)),
      { file: 'open.satnmf' },
    ),
  );
  return open;
}

/**
 * The weights for the emotions asked for; `all` are all that they know.
 *
 * @param asked default: those of {@link EVERYDAY_EMOTIONS} that they know, if these are two or more; else all
 * @throws {SatnmfError} `unknown-class`, `one-class`
 */
export function emotionsOf(weights: Weights, asked?: readonly string[] | 'all'): Weights {
  if (asked === 'all') return weights;
  if (asked !== undefined) return weights.only(asked);
  const usual = weights.classes.filter((emotion) => EVERYDAY_EMOTIONS.includes(emotion));
  return usual.length < 2 ? weights : weights.only(usual);
}
