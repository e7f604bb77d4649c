// UAR against the parameters of a method: a panel a parameter, a line a scheme (or a method).
import * as Plot from '@observablehq/plot';
import { type Sensitivity, valuesOf } from '../../experiment/results/index.js';
import { methodLabel } from '../../methods/index.js';
import { compose, type Figure, IDENTITY, type Panel, panel, WIDTH } from './figure.js';
import { LINE, POINT, type Series, seriesOf } from './series.js';

/** @param curves of one method, or of one scheme with `by: 'method'` */
export function sensitivityFigure(
  document: Document,
  curves: readonly Sensitivity[],
  title: string,
  by: 'scheme' | 'method' = 'scheme',
): Figure {
  const labelOf = (one: Sensitivity): string => (by === 'scheme' ? one.scheme : methodLabel(one.method));
  const series = seriesOf([...new Set(curves.map(labelOf))]);
  const looks = new Map(series.map((one) => [one.label, one]));
  const options = [...new Set(curves.map(({ option }) => option))];
  const figures = curves.flatMap(({ points }) =>
    points.flatMap(({ uar }) => [uar.mean - (uar.deviation ?? 0), uar.mean + (uar.deviation ?? 0)]),
  );
  // All panels have one scale, so that a flat line is one.
  const [low, high] = [Math.floor(20 * Math.min(...figures)) * 5, Math.ceil(20 * Math.max(...figures)) * 5];
  const columns = Math.min(3, options.length);
  const width = Math.floor(WIDTH / columns);
  const panels = options.map((option) => {
    const own = curves.filter((one) => one.option === option);
    return optionPanel(
      document,
      own,
      (one) => looks.get(labelOf(one)) as Series,
      option,
      [low, Math.max(high, low + 5)],
      width,
    );
  });
  const deviates = curves.some(({ points }) => points.some(({ uar }) => uar.deviation !== null));
  return compose(document, {
    title,
    subtitle:
      'UAR on the target in %, all panels on one scale. Dotted: the value that the others were searched with.' +
      (deviates ? ' Thin lines: ± one standard deviation over runs.' : ''),
    description: curves.map((one) => described(one, labelOf(one))).join('. '),
    series,
    marker: 'line',
    panels,
  });
}

function described({ option, points }: Sensitivity, label: string): string {
  const figures = points.map(({ value, uar }) => `${value}: ${(100 * uar.mean).toFixed(1)} %`);
  return `${label}, UAR by ${option}: ${figures.join(', ')}`;
}

function optionPanel(
  document: Document,
  curves: readonly Sensitivity[],
  look: (curve: Sensitivity) => Series,
  option: string,
  domain: readonly [number, number],
  width: number,
): Panel {
  const points = curves.flatMap((curve) =>
    curve.points.map(({ value, uar: { mean, deviation } }) => ({
      ...look(curve),
      value: String(value),
      uar: 100 * mean,
      low: 100 * (mean - (deviation ?? 0)),
      high: 100 * (mean + (deviation ?? 0)),
      deviation,
    })),
  );
  const values = valuesOf(curves).map(String);
  const bases = [...new Set(curves.flatMap(({ base }) => (base === null ? [] : [String(base)])))];
  // Labels that would touch are turned.
  const crowded = values.join('').length * 7.2 + values.length * 8 > width - 60;
  return panel(
    document,
    {
      ...IDENTITY,
      width,
      height: crowded ? 236 : 216,
      marginLeft: 40,
      marginRight: 16,
      marginTop: 14,
      marginBottom: crowded ? 52 : 32,
      x: { type: 'point', domain: values, label: null, padding: 0.3, ...(crowded && { tickRotate: -45 }) },
      y: { domain, label: null, grid: true, ticks: 5 },
      marks: [
        Plot.ruleX(bases, { strokeDasharray: '1,3', strokeWidth: 1.5 }),
        Plot.ruleX(
          points.filter(({ deviation }) => deviation !== null),
          { x: 'value', y1: 'low', y2: 'high', stroke: 'colour', strokeOpacity: 0.7 },
        ),
        Plot.line(points, { x: 'value', y: 'uar', ...LINE }),
        Plot.dot(points, { x: 'value', y: 'uar', r: 3.5, ...POINT }),
      ],
    },
    option,
  );
}
