// How are results told? Tables as Markdown, LaTeX and CSV, and the names that readers see.
export { csvReport } from './csv.js';
export { latexReport } from './latex.js';
export { markdownTable, right } from './markdown-table.js';
export { markdownReport } from './markdown.js';
export { percent } from './names.js';
export { piecesOf, type Report, reportOf, type ReportTable, type Text } from './report.js';
