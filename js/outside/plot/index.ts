// What does a result look like? SVG figures and the HTML page of a report. The caller hands in the document.
export { barsFigure } from './bars.js';
export { confusionsFigure } from './confusions.js';
export { convergenceFigure } from './convergence.js';
export { type Figure, svgOf } from './figure.js';
export { figuresOf } from './figures.js';
export { mapFigure } from './map.js';
export { pageOf } from './page.js';
export { sensitivityFigure } from './sensitivity.js';
export { seriesOf } from './series.js';
