// Where the utterances of both corpora lie before and after adaptation.
import * as Plot from '@observablehq/plot';
import type { Adaptation, Plane } from '../../experiment/maps/index.js';
import { compose, type Figure, IDENTITY, type Panel, panel, WIDTH } from './figure.js';
import { POINT, type Series, seriesOf } from './series.js';

/** The corpora's colours; those of the emotions follow. */
const CORPORA = 2;

/** Four panels: before and after, coloured by corpus and by emotion. Shapes tell corpora apart in all of them. */
export function mapFigure(document: Document, map: Adaptation, title: string): Figure {
  const { source, target, classes, before, after, sourceRows } = map;
  const looks = seriesOf([`${source} (source)`, `${target} (target)`, ...classes]);
  const corpora = looks.slice(0, CORPORA).map((one, k) => ({ ...one, symbol: SHAPES[k] }));
  const emotions = looks.slice(CORPORA).map((one): Series => ({ ...one, symbol: 'square' }));
  const corpusOf = (i: number): Series => corpora[i < sourceRows ? 0 : 1];
  const emotionOf = (i: number): Series | null => {
    const k = classes.indexOf(map.emotions[i] ?? '');
    return k < 0 ? null : { ...emotions[k], symbol: corpusOf(i).symbol };
  };
  const order = inTurns(sourceRows, map.emotions.length);
  const panels = [
    mapPanel(document, before, order, corpusOf, 'Before: scaled features, by corpus'),
    mapPanel(document, after, order, corpusOf, 'After: codes, by corpus'),
    mapPanel(document, before, order, emotionOf, 'Before: scaled features, by emotion'),
    mapPanel(document, after, order, emotionOf, 'After: codes, by emotion'),
  ];
  const share = ({ shares: [x, y] }: Plane): string => `${(100 * (x + y)).toFixed(0)} %`;
  return compose(document, {
    title,
    subtitle: 'Two leading principal components of both corpora together; emotions are the true ones.',
    description:
      `${sourceRows} utterances of ${source} and ${map.emotions.length - sourceRows} of ${target} on the plane of ` +
      `their two leading principal components, which have ${share(before)} of the variance of the scaled features and ` +
      `${share(after)} of that of the codes; by corpus and by emotion (${classes.join(', ')})`,
    series: [...corpora, ...emotions],
    marker: 'point',
    panels,
  });
}

/** Rows of both corpora in turns, so that neither is drawn over the other. */
function inTurns(sourceRows: number, rows: number): number[] {
  const place = (i: number): number =>
    i < sourceRows ? (i + 0.5) / sourceRows : (i - sourceRows + 0.5) / (rows - sourceRows);
  return Array.from({ length: rows }, (_, i) => i).sort((a, b) => place(a) - place(b));
}

const SHAPES = ['circle', 'triangle'] as const;

function mapPanel(
  document: Document,
  { x, y, shares }: Plane,
  order: readonly number[],
  look: (i: number) => Series | null,
  heading: string,
): Panel {
  const points = order.flatMap((i) => {
    const one = look(i);
    return one === null ? [] : [{ ...one, x: x[i], y: y[i] }];
  });
  const axis = (k: 0 | 1): string => `component ${k + 1} (${(100 * shares[k]).toFixed(0)} %)`;
  const width = Math.floor(WIDTH / 2);
  return panel(
    document,
    {
      ...IDENTITY,
      width,
      height: 320,
      marginLeft: 22,
      marginRight: 14,
      marginTop: 24,
      marginBottom: 24,
      x: { label: axis(0), labelArrow: 'none', labelAnchor: 'center', ticks: [], nice: true },
      y: { label: axis(1), labelArrow: 'none', labelAnchor: 'center', ticks: [], nice: true },
      marks: [
        Plot.frame({ strokeOpacity: 0.25 }),
        Plot.dot(points, { x: 'x', y: 'y', r: 2.6, ...POINT, fillOpacity: 0.65 }),
      ],
    },
    heading,
  );
}
