// The figures of a report.
import { descents, type Results, sensitivities } from '../../experiment/results/index.js';
import { methodLabel } from '../../methods/index.js';
import { ABLATION, barsFigure } from './bars.js';
import { confusionsFigure } from './confusions.js';
import { convergenceFigure } from './convergence.js';
import type { Figure } from './figure.js';
import { sensitivityFigure } from './sensitivity.js';

/** The methods of Figure 2 that there are; none if nothing can be told from them. */
function ablation({ methods }: Results): readonly string[] {
  const there = ABLATION.filter((method) => methods.includes(method));
  return there.length < 2 ? [] : there;
}

/** Every figure that the results have data for. */
export function figuresOf(document: Document, results: Results): Figure[] {
  const figures = [barsFigure(document, results, 'UAR of all methods')];
  const terms = ablation(results);
  if (terms.length > 0 && terms.length < results.methods.length)
    figures.push(barsFigure(document, results, 'What each term of the objective adds', terms));
  const curves = sensitivities(results.schemes);
  for (const method of results.methods) {
    const own = curves.filter((one) => one.method === method);
    if (own.length > 0)
      figures.push(sensitivityFigure(document, own, `${methodLabel(method)}: UAR against its parameters`));
  }
  const traces = descents(results);
  if (traces.length > 0) figures.push(convergenceFigure(document, traces, 'Convergence'));
  for (const { scheme, cells } of results.schemes)
    if (cells.some(({ configurations }) => configurations.length > 0))
      figures.push(confusionsFigure(document, results, scheme));
  return figures;
}
