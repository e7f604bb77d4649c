/**
 * Both corpora on a plane, before and after adaptation.
 *
 * @module
 */
import type { Adaptation, Plane } from '../../js/experiment/maps/index.js';
import { element, look, svg } from './element.js';
import { colourOf, CORPUS_COLOURS } from './palette.js';

const WIDTH = 320;
const HEIGHT = 250;
const MARGIN = 8;
const R = 2.6;

/** Points of one look. */
interface Group {
  readonly colour: string;
  readonly shape: 'circle' | 'triangle';
  readonly points: number[];
}

/** One path for all points of a look, which is a hundred times less for the browser to do than an element each. */
function pathOf(shape: Group['shape'], x: number, y: number): string {
  const [left, top] = [x.toFixed(1), y.toFixed(1)];
  if (shape === 'circle')
    return `M${left} ${top}m${-R} 0a${R} ${R} 0 1 0 ${2 * R} 0a${R} ${R} 0 1 0 ${-2 * R} 0`;
  return `M${left} ${top}m0 ${-1.3 * R}l${1.2 * R} ${2.1 * R}h${-2.4 * R}z`;
}

function panel(heading: string, { x, y, shares }: Plane, groups: readonly Group[]): HTMLElement {
  const span = (values: Float64Array): [low: number, size: number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [low, high > low ? high - low : 1];
  };
  const [[left, wide], [low, tall]] = [span(x), span(y)];
  const place = (i: number): [number, number] => [
    MARGIN + ((x[i] - left) / wide) * (WIDTH - 2 * MARGIN),
    HEIGHT - MARGIN - ((y[i] - low) / tall) * (HEIGHT - 2 * MARGIN),
  ];
  const paths = groups.map(({ colour, shape, points }) =>
    svg('path', { fill: colour, d: points.map((i) => pathOf(shape, ...place(i))).join('') }),
  );
  const share = (100 * (shares[0] + shares[1])).toFixed(0);
  const words = `${heading}; two principal components with ${share} % of the variance`;
  return element(
    'figure',
    {},
    element('figcaption', {}, heading, ' ', element('small', {}, `${share} % of the variance`)),
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'map' },
      svg('title', {}, words),
      ...paths,
    ),
  );
}

function legend(entries: readonly (readonly [word: string, colour: string, shape: string])[]): HTMLElement {
  return element(
    'ul',
    { class: 'legend' },
    ...entries.map(([word, colour, shape]) =>
      element(
        'li',
        {},
        look(element('span', { class: `spot ${shape}`, 'aria-hidden': 'true' }), { '--hue': colour }),
        word,
      ),
    ),
  );
}

/** Four panels: before and after, by corpus and by emotion. */
export function corpusMap(map: Adaptation): HTMLElement {
  const { source, target, sourceRows, classes, emotions, before, after } = map;
  const rows = [...emotions.keys()];
  const shapeOf = (i: number): Group['shape'] => (i < sourceRows ? 'circle' : 'triangle');
  const byCorpus: Group[] = [
    { colour: CORPUS_COLOURS[0], shape: 'circle', points: rows.slice(0, sourceRows) },
    { colour: CORPUS_COLOURS[1], shape: 'triangle', points: rows.slice(sourceRows) },
  ];
  const byEmotion = classes.flatMap((emotion) =>
    (['circle', 'triangle'] as const).map((shape): Group => ({
      colour: colourOf(emotion),
      shape,
      points: rows.filter((i) => emotions[i] === emotion && shapeOf(i) === shape),
    })),
  );
  return element(
    'div',
    { class: 'maps' },
    element(
      'div',
      { class: 'pair' },
      panel('Before, by corpus', before, byCorpus),
      panel('After, by corpus', after, byCorpus),
    ),
    legend([
      [`${source} (source)`, CORPUS_COLOURS[0], 'circle'],
      [`${target} (target)`, CORPUS_COLOURS[1], 'triangle'],
    ]),
    element(
      'div',
      { class: 'pair' },
      panel('Before, by emotion', before, byEmotion),
      panel('After, by emotion', after, byEmotion),
    ),
    legend(classes.map((emotion) => [emotion, colourOf(emotion), 'square'] as const)),
  );
}
