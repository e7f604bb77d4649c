// Figures: panels with a title, a legend and a description, as one SVG.
import * as Plot from '@observablehq/plot';
import type { Series } from './series.js';
import { escapeXml, serialize } from './xml.js';

export interface Figure {
  readonly title: string;
  /** What is in it, for those who do not see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** Content of the `svg` element. */
  readonly content: string;
}

export interface Panel {
  readonly heading?: string;
  readonly width: number;
  readonly height: number;
  readonly plot: string;
}

const FONT = 12;
const MARGIN = 8;
const LINE = 18;
const GAP = 16;
const SWATCH = 22;
export const WIDTH = 760;

/** Colours and shapes are those that the series name. */
export const IDENTITY = { color: { type: 'identity' }, symbol: { type: 'identity' } } as const;

export type Marker = 'area' | 'line' | 'point';

/** Draws a plot. `document` makes its elements: that of the page, or one of linkedom. */
export function panel(
  document: Document,
  options: Plot.PlotOptions & { readonly width: number; readonly height: number },
  heading?: string,
): Panel {
  const drawn = Plot.plot({ document, ...options });
  // With several elements Plot makes a figure around them.
  const svg = (drawn.nodeName.toLowerCase() === 'svg' ? drawn : drawn.querySelector('svg')) as Element;
  for (const [name, value] of [
    ['font-size', String(FONT)],
    ['overflow', 'visible'],
  ])
    svg.setAttribute(name, value);
  const { width, height } = options;
  return { width, height, plot: serialize(svg), ...(heading !== undefined && { heading }) };
}

/** About as wide as a proportional font needs. */
const textWidth = (text: string, size = FONT): number => text.length * size * 0.58;

/** Swatches in lines, as many a line as fit. */
function legend(document: Document, series: readonly Series[], marker: Marker): Panel | null {
  if (series.length === 0) return null;
  let [x, y] = [MARGIN, LINE / 2];
  const placed = series.map((one) => {
    const needed = SWATCH + textWidth(one.label) + GAP;
    if (x > MARGIN && x + needed > WIDTH) [x, y] = [MARGIN, y + LINE];
    const at = { ...one, x, y };
    x += needed;
    return at;
  });
  const fill = (one: Series): string => one.colour;
  const opacity = (one: Series): number => one.opacity;
  const middle = (one: { x: number }): number => one.x + 8;
  const marks: Plot.Markish[] = [
    Plot.text(placed, { x: (one) => one.x + SWATCH, y: 'y', text: 'label', textAnchor: 'start' }),
  ];
  if (marker === 'area')
    marks.push(Plot.dot(placed, { x: middle, y: 'y', r: 6.5, symbol: 'square', fill, fillOpacity: opacity }));
  else
    marks.push(Plot.dot(placed, { x: middle, y: 'y', r: 4, symbol: 'symbol', fill, fillOpacity: opacity }));
  if (marker === 'line')
    marks.push(
      Plot.ruleY(placed, { x1: 'x', x2: (one) => one.x + 16, y: 'y', stroke: fill, strokeWidth: 2 }),
    );
  const height = y + LINE / 2;
  return panel(document, {
    ...IDENTITY,
    width: WIDTH,
    height,
    margin: 0,
    axis: null,
    x: { type: 'identity' },
    y: { type: 'identity' },
    marks,
  });
}

export interface Composition {
  readonly title: string;
  /** Beneath the title: what was chosen how, what a line or an error bar is. */
  readonly subtitle: string;
  readonly description: string;
  readonly series: readonly Series[];
  readonly marker: Marker;
  readonly panels: readonly Panel[];
}

/** Words in lines of at most the figure's width. */
function lines(words: string, size: number): string[] {
  const found = [''];
  for (const word of words.split(' ')) {
    const last = found[found.length - 1];
    const longer = last === '' ? word : `${last} ${word}`;
    if (textWidth(longer, size) <= WIDTH - 2 * MARGIN || last === '') found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

/** Puts a title, a legend and panels, as many a line as fit, beneath each other. */
export function compose(
  document: Document,
  { title, subtitle, description, series, marker, panels }: Composition,
): Figure {
  const parts: string[] = [];
  let y = MARGIN;
  const write = (words: string, size: number, attributes: string): void => {
    for (const line of lines(words, size)) {
      y += size + 5;
      parts.push(`<text x="${MARGIN}" y="${y}" font-size="${size}" ${attributes}>${escapeXml(line)}</text>`);
    }
  };
  write(title, 15, 'font-weight="600"');
  if (subtitle !== '') write(subtitle, FONT, 'fill-opacity="0.75"');
  y += GAP / 2;
  const place = ({ plot }: Panel, x: number): void => {
    parts.push(plot.replace('<svg', `<svg x="${x}" y="${y}"`));
  };
  const swatches = legend(document, series, marker);
  if (swatches !== null) {
    place(swatches, 0);
    y += swatches.height + GAP / 2;
  }
  let x = 0;
  let tallest = 0;
  const headed = panels.some(({ heading }) => heading !== undefined);
  for (const one of panels) {
    if (x > 0 && x + one.width > WIDTH) {
      y += tallest;
      [x, tallest] = [0, 0];
    }
    const head = headed ? LINE : 0;
    if (one.heading !== undefined)
      parts.push(`<text x="${x + MARGIN}" y="${y + 14}" font-weight="600">${escapeXml(one.heading)}</text>`);
    y += head;
    place(one, x);
    y -= head;
    x += one.width;
    tallest = Math.max(tallest, head + one.height + GAP);
  }
  return { title, description, width: WIDTH, height: Math.ceil(y + tallest), content: parts.join('') };
}

const FAMILY = 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif';

/** Of a file: black on white, and the other way round where the reader's system is dark. */
const FILE_STYLE =
  ':root{color:#1b1f24;background:#fff}@media(prefers-color-scheme:dark){:root{color:#e6e9ec;background:#14181d}}';

/**
 * The figure as an `svg` element.
 * @param file whether it stands by itself: with the namespace and colours of its own. On a page it has the text's
 */
export function svgOf({ title, description, width, height, content }: Figure, file = false): string {
  const own = file ? ` xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"` : '';
  return (
    `<svg${own} viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeXml(FAMILY)}" font-size="${FONT}" ` +
    `fill="currentColor"><title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>` +
    `${file ? `<style>${FILE_STYLE}</style>` : ''}${content}</svg>`
  );
}
