// UAR by scheme and method, as Figure 2 of the paper shows it: grouped bars.
import * as Plot from '@observablehq/plot';
import { CRITERION_LABELS, type Results } from '../../experiment/results/index.js';
import { methodLabel } from '../../methods/index.js';
import { percent } from '../../experiment/report/index.js';
import { compose, type Figure, IDENTITY, panel, WIDTH } from './figure.js';
import { seriesOf } from './series.js';

/** Methods of Figure 2: what each term of the objective adds. */
export const ABLATION = ['snmf', 'snmf-gamma', 'stnmf-lambda', 'satnmf'] as const;

/** Pixels that a figure above a bar needs. */
const ROOM = 27;

/** @param methods which of them. Default: all */
export function barsFigure(
  document: Document,
  results: Results,
  title: string,
  methods = results.methods,
): Figure {
  const series = seriesOf(methods.map(methodLabel));
  const bars = results.schemes.flatMap(({ scheme }, i) =>
    methods.flatMap((method, k) => {
      const chosen = results.entries[i][results.methods.indexOf(method)]?.chosen;
      if (!chosen) return [];
      const { mean, deviation } = chosen.uar;
      const error = deviation ?? 0;
      const figures = { uar: 100 * mean, low: 100 * Math.max(0, mean - error), high: 100 * (mean + error) };
      return [{ scheme, ...series[k], deviation, ...figures }];
    }),
  );
  const chance = results.schemes.map(({ scheme, truth, classes }) => {
    const there = new Set(truth.filter((label) => label >= 0)).size || classes.length;
    return { scheme, chance: 100 / there };
  });
  const deviating = bars.filter(({ deviation }) => deviation !== null);
  const schemes = results.schemes.map(({ scheme }) => scheme);
  const room = (WIDTH - 60) / Math.max(1, schemes.length) / (methods.length + 0.8);
  const most = Math.max(...bars.map(({ high }) => high), ...chance.map((one) => one.chance), 1);
  const drawn = panel(document, {
    ...IDENTITY,
    width: WIDTH,
    height: 340,
    marginLeft: 46,
    marginTop: 24,
    marginBottom: 28,
    x: { domain: series.map(({ label }) => label), axis: null, padding: 0.08 },
    fx: { domain: schemes, label: null, padding: 0.12, axis: 'bottom' },
    y: {
      domain: [0, Math.min(100, Math.ceil((most * 1.1) / 5) * 5)],
      label: 'UAR in %',
      grid: true,
      nice: false,
    },
    marks: [
      Plot.barY(bars, { fx: 'scheme', x: 'label', y: 'uar', fill: 'colour', fillOpacity: 'opacity' }),
      Plot.ruleX(deviating, { fx: 'scheme', x: 'label', y1: 'low', y2: 'high', strokeWidth: 1.5 }),
      Plot.ruleY(chance, { fx: 'scheme', y: 'chance', strokeDasharray: '4,3', strokeWidth: 1.5 }),
      Plot.ruleY([0]),
      ...(room >= ROOM
        ? [
            Plot.text(bars, {
              fx: 'scheme',
              x: 'label',
              y: 'high',
              text: (one) => one.uar.toFixed(1),
              dy: -8,
            }),
          ]
        : []),
    ],
  });
  const seeds = deviating.length > 0 ? ' Thin lines: ± one standard deviation over seeds.' : '';
  return compose(document, {
    title,
    subtitle: `Selection: ${CRITERION_LABELS[results.criterion]}. Dashed: chance.${seeds}`,
    description: bars
      .map(({ scheme, label, uar }) => `${scheme}, ${label}: UAR ${percent(uar / 100)} %`)
      .join('; '),
    series,
    marker: 'area',
    panels: [drawn],
  });
}
