// How series are told apart: by colour, and where there are points by their shape too.
import type { SymbolType } from '@observablehq/plot';

/**
 * Colours that people with any colour vision tell apart (Okabe & Ito 2008), without those that vanish on a white or
 * on a dark page and with a lighter blue for the latter; then others that are told apart less well (Tol 2021).
 */
const COLOURS = [
  ...['#2A82C4', '#E69F00', '#009E73', '#CC79A7', '#D55E00', '#56B4E9', '#8A8A8A'],
  ...['#AA4499', '#999933', '#44AA99', '#CC6677', '#7777CC'],
] as const;
const SYMBOLS = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'cross',
  'star',
  'wye',
] as const satisfies SymbolType[];

/** The series beyond the colours are paler. */
const PALE = 0.5;

export interface Series {
  readonly label: string;
  readonly colour: string;
  readonly opacity: number;
  readonly symbol: SymbolType;
}

/** How marks look that are given series: a line for each, and points of its colour and shape. */
export const LINE = { z: 'label', stroke: 'colour', strokeOpacity: 'opacity', strokeWidth: 2 } as const;
export const POINT = { fill: 'colour', fillOpacity: 'opacity', symbol: 'symbol' } as const;

export function seriesOf(labels: readonly string[]): Series[] {
  return labels.map((label, i) => ({
    label,
    colour: COLOURS[i % COLOURS.length],
    opacity: i < COLOURS.length ? 1 : PALE,
    // A colour that is used again gets another shape.
    symbol: SYMBOLS[(i + Math.floor(i / COLOURS.length)) % SYMBOLS.length],
  }));
}
