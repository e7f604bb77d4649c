/**
 * Figures on Node, which has no document: loaded when a figure is asked for, with the libraries that draw it.
 *
 * @module
 */
import { parseHTML } from 'linkedom';
import { SatnmfError } from '../../errors.js';
import type { Adaptation } from '../../experiment/maps/index.js';
import { descents, type Results, sensitivities } from '../../experiment/results/index.js';
import { methodLabel } from '../../methods/index.js';
import type { Report } from '../../experiment/report/index.js';
import {
  barsFigure,
  confusionsFigure,
  convergenceFigure,
  type Figure,
  figuresOf,
  mapFigure,
  pageOf,
  sensitivityFigure,
  svgOf,
} from '../../outside/plot/index.js';
import type { DrawnFigure } from './figure-output.js';
import type { FigureKind } from './figure-kinds.js';

const newDocument = (): Document => parseHTML('<!doctype html><html><body></body></html>').document;

/** @param maps of the schemes, by name */
export function htmlReport(
  results: Results,
  report: Report,
  maps: readonly { readonly scheme: string; readonly map: Adaptation }[],
): Promise<string> {
  const document = newDocument();
  const drawn = maps.map(({ scheme, map }) => mapFigure(document, map, mapTitle(map, scheme)));
  return pageOf(report, [...figuresOf(document, results), ...drawn]);
}

const mapTitle = ({ method, source, target }: Adaptation, scheme = `${source} → ${target}`): string =>
  `${scheme} before and after adaptation by ${methodLabel(method)}`;

/** The map as a file, and what it is of. */
export function drawMap(map: Adaptation, title = mapTitle(map)): DrawnFigure {
  return fileOf(mapFigure(newDocument(), map, title));
}

const fileOf = (figure: Figure): DrawnFigure => ({
  title: figure.title,
  description: figure.description,
  svg: svgOf(figure, true),
});

/** The figure as a file, and what it is of. */
export function drawFigure(kind: FigureKind, results: Results, title?: string): DrawnFigure {
  return fileOf(DRAWERS[kind](newDocument(), results, title));
}

const DRAWERS: Readonly<
  Record<FigureKind, (document: Document, results: Results, title?: string) => Figure>
> = {
  bars: (document, results, title = 'UAR by scheme and method') => barsFigure(document, results, title),
  sensitivity(document, results, title) {
    const curves = sensitivities(results.schemes);
    if (curves.length === 0) nothing('no parameter took two values');
    const methods = [...new Set(curves.map(({ method }) => method))];
    const schemes = [...new Set(curves.map(({ scheme }) => scheme))];
    if (methods.length === 1)
      return sensitivityFigure(
        document,
        curves,
        title ?? `${methodLabel(methods[0])}: UAR against its parameters`,
      );
    if (schemes.length === 1)
      return sensitivityFigure(document, curves, title ?? `${schemes[0]}: UAR against parameters`, 'method');
    return several('method', methods);
  },
  convergence(document, results, title = 'Convergence') {
    const traces = descents(results);
    if (traces.length === 0) nothing('no run kept its objective');
    return convergenceFigure(document, traces, title);
  },
  confusion(document, results, title) {
    const schemes = results.schemes.map(({ scheme }) => scheme);
    if (schemes.length > 1) several('scheme', schemes);
    if (results.entries.flat().every((entry) => !entry?.chosen)) nothing('no configuration could be chosen');
    return confusionsFigure(document, results, schemes[0], title);
  },
};

function nothing(why: string): never {
  throw new SatnmfError('bad-argument', `There is nothing to draw: ${why}.`, {
    argument: 'runs',
    actual: why,
  });
}

function several(argument: 'method' | 'scheme', names: readonly string[]): never {
  throw new SatnmfError(
    'bad-argument',
    `"--${argument}" must name one of ${names.join(', ')} for this figure`,
    { argument, expected: `one of ${names.join(', ')}`, actual: 'several' },
  );
}
