/**
 * One colour an emotion, the same in every picture of the page.
 *
 * @module
 */
import { seriesOf } from '../../js/outside/plot/index.js';
import { element, look } from './element.js';

/**
 * The vocabulary in the order of the colours: sadness blue, anger red, neutral grey, … Words beyond it follow in the
 * order in which they are met.
 */
const words = [
  ...['sadness', 'happiness', 'fear', 'boredom', 'anger', 'surprise', 'neutral'],
  ...['disgust', 'contempt', 'calm'],
];
let series = seriesOf(words);

export function colourOf(emotion: string): string {
  if (!words.includes(emotion)) {
    words.push(emotion);
    series = seriesOf(words);
  }
  return series[words.indexOf(emotion)].colour;
}

/** Source and target. */
export const CORPUS_COLOURS: readonly string[] = seriesOf(['source', 'target']).map(({ colour }) => colour);

/** The emotion's word behind a spot of its colour. */
export function emotionWord(emotion: string): HTMLElement {
  return element(
    'span',
    { class: 'emotion' },
    look(element('span', { class: 'spot', 'aria-hidden': 'true' }), { '--hue': colourOf(emotion) }),
    emotion,
  );
}
