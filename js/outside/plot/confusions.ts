// Confusion matrices of the methods on one scheme, a panel a method.
import * as Plot from '@observablehq/plot';
import { confusionOf, CRITERION_LABELS, type Results } from '../../experiment/results/index.js';
import { methodLabel } from '../../methods/index.js';
import { percent } from '../../experiment/report/index.js';
import { compose, type Figure, IDENTITY, type Panel, panel, WIDTH } from './figure.js';

const COLOUR = '#56B4E9';
/** Shares above this are so blue that black is readable on them in light and dark. */
const DARK_TEXT = 0.6;

/** @param scheme one of those of the results */
export function confusionsFigure(
  document: Document,
  results: Results,
  scheme: string,
  title = `Confusion matrices of ${scheme}`,
): Figure {
  const i = results.schemes.findIndex((one) => one.scheme === scheme);
  const { classes } = results.schemes[i];
  const width = Math.floor(WIDTH / (classes.length > 5 ? 2 : 3));
  const panels: Panel[] = [];
  const words: string[] = [];
  results.methods.forEach((method, j) => {
    const chosen = results.entries[i][j]?.chosen;
    if (!chosen) return;
    const heading = `${methodLabel(method)}, UAR ${percent(chosen.uar.mean)} %`;
    const counts = confusionOf(chosen);
    panels.push(matrixPanel(document, classes, counts, heading, width));
    const recalls = counts.map((row, k) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return total === 0 ? `${classes[k]} does not occur` : `${classes[k]} ${percent(row[k] / total)} %`;
    });
    words.push(`${heading}; recalls: ${recalls.join(', ')}`);
  });
  return compose(document, {
    title,
    subtitle: `Rows: true emotion; columns: what was said; in % of a row. Selection: ${CRITERION_LABELS[results.criterion]}.`,
    description: words.join('. '),
    series: [],
    marker: 'area',
    panels,
  });
}

function matrixPanel(
  document: Document,
  classes: readonly string[],
  counts: readonly (readonly number[])[],
  heading: string,
  width: number,
): Panel {
  const cells = counts.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => ({
      truth: classes[i],
      said: classes[j],
      share: total === 0 ? null : count / total,
    }));
  });
  const known = cells.filter((cell): cell is typeof cell & { share: number } => cell.share !== null);
  const domain = [...classes];
  const longest = Math.max(...classes.map((name) => name.length));
  const label = Math.min(96, 14 + longest * 6.6);
  const cell = Math.min(44, (width - label - 14) / classes.length);
  const text = { x: 'said', y: 'truth', text: (one: { share: number }) => (100 * one.share).toFixed(0) };
  return panel(
    document,
    {
      ...IDENTITY,
      width,
      height: Math.ceil(cell * classes.length + 0.72 * label + 12),
      marginLeft: label,
      marginTop: 6,
      marginBottom: Math.ceil(0.72 * label + 6),
      marginRight: Math.max(8, width - label - cell * classes.length),
      x: { domain, label: null, tickSize: 0, tickRotate: -40, padding: 0.04 },
      y: { domain, label: null, tickSize: 0, padding: 0.04 },
      marks: [
        Plot.cell(known, { x: 'said', y: 'truth', fill: COLOUR, fillOpacity: 'share' }),
        Plot.cell(classes, {
          x: (name: string) => name,
          y: (name: string) => name,
          fill: 'none',
          stroke: 'currentColor',
          strokeOpacity: 0.5,
        }),
        Plot.text(
          known.filter(({ share }) => share <= DARK_TEXT),
          text,
        ),
        Plot.text(
          known.filter(({ share }) => share > DARK_TEXT),
          { ...text, fill: '#000' },
        ),
      ],
    },
    heading,
  );
}
