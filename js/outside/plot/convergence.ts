// The descent of the objective: a panel a method, a line a scheme.
import * as Plot from '@observablehq/plot';
import type { Descent } from '../../experiment/results/index.js';
import { methodLabel } from '../../methods/index.js';
import { compose, type Figure, IDENTITY, panel, WIDTH } from './figure.js';
import { LINE, type Series, seriesOf } from './series.js';

export function convergenceFigure(document: Document, descents: readonly Descent[], title: string): Figure {
  const series = seriesOf([...new Set(descents.map(({ scheme }) => scheme))]);
  const looks = new Map(series.map((one) => [one.label, one]));
  const methods = [...new Set(descents.map(({ method }) => method))];
  const points = descents.flatMap(({ method, scheme, objective }) =>
    objective.map((value, i) => ({
      ...(looks.get(scheme) as Series),
      method,
      iteration: i + 1,
      objective: value / objective[0],
    })),
  );
  const least = Math.min(...points.map(({ objective }) => objective));
  const log = least > 0 && least < 0.1;
  const most = Math.max(...points.map(({ objective }) => objective));
  const columns = Math.min(3, methods.length);
  const width = Math.floor(WIDTH / columns);
  const panels = methods.map((method) => {
    const own = points.filter((one) => one.method === method);
    return panel(
      document,
      {
        ...IDENTITY,
        width,
        height: 230,
        marginLeft: 46,
        marginRight: 16,
        marginTop: 14,
        marginBottom: 40,
        x: { label: 'iteration', labelArrow: 'none', labelAnchor: 'center', ticks: width / 70 },
        y: {
          type: log ? 'log' : 'linear',
          domain: [log ? least : 0, most],
          label: null,
          grid: true,
          ticks: 5,
        },
        marks: [
          Plot.line(own, { x: 'iteration', y: 'objective', ...LINE }),
          // The shape tells lines apart where colours do not.
          Plot.dot(
            own,
            Plot.selectLast({
              x: 'iteration',
              y: 'objective',
              z: 'label',
              r: 4,
              fill: 'colour',
              symbol: 'symbol',
            }),
          ),
        ],
      },
      methodLabel(method),
    );
  });
  return compose(document, {
    title,
    subtitle:
      'Objective after each iteration of the first trial, as a share of that after the first iteration.',
    description: descents
      .map(({ method, scheme, objective }) => {
        const share = (objective[objective.length - 1] / objective[0]).toPrecision(3);
        return `${methodLabel(method)}, ${scheme}: ${share} of the first after ${objective.length} iterations`;
      })
      .join('; '),
    series,
    marker: 'line',
    panels,
  });
}
