// The tables of a report as LaTeX, for `\input` into a paper that loads `booktabs`, `graphicx` and `longtable`.
import { piecesOf, type Report, type Section, type Text } from './report.js';

/** What LaTeX does not take for itself, and the signs that reports have. */
const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': "{''}",
  '±': '\\ensuremath{\\pm}',
  '−': '\\ensuremath{-}',
  '–': '--',
  '…': '\\dots{}',
  '’': "'",
  γ: '\\ensuremath{\\gamma}',
  λ: '\\ensuremath{\\lambda}',
  '→': '\\ensuremath{\\to}',
};

/** Text that LaTeX prints as it is. */
export const escapeLatex = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    .replace(/[\\{}$&#_%~^<>|"±−–…’γλ→]/g, (sign) => COMMANDS[sign] ?? `\\${sign}`);

const marked = (text: Text): string =>
  piecesOf(text)
    .map(({ text: piece, bold }) => (bold === true ? `\\textbf{${escapeLatex(piece)}}` : escapeLatex(piece)))
    .join('');

/** More rows than this leave a page, and more columns a line (ours, of 10 pt). */
const MOST_ROWS = 40;
const MOST_COLUMNS = 5;

/** A table that is as wide as the text at most, or of several pages. */
function tableOf({ heading, text, table }: Section): string[] {
  if (table === null) return [];
  const { columns, rows, summary } = table;
  const caption = `\\caption{${[heading.replace(/\.?$/, '.'), ...text].map(marked).join(' ')}}`;
  // Braces: a line that begins with a bracket would be taken for an argument of the \\ before it.
  const line = (cells: readonly Text[]): string => `    {}${cells.map(marked).join(' & ')} \\\\`;
  const body = rows.map(line);
  if (summary > 0 && summary < rows.length) body.splice(rows.length - summary, 0, '    \\midrule');
  const format = `{${columns.map(({ align }) => (align === 'right' ? 'r' : 'l')).join('')}}`;
  const top = ['    \\toprule', line(columns.map(({ head }) => head)), '    \\midrule'];
  body.push('    \\bottomrule');
  if (rows.length > MOST_ROWS) {
    const start = ['{\\footnotesize', `  \\begin{longtable}${format}`, `    ${caption} \\\\`];
    return [...start, ...top, '    \\endhead', ...body, '  \\end{longtable}', '}', ''];
  }
  const [before, after] = columns.length > MOST_COLUMNS ? ['\\resizebox{\\textwidth}{!}{', '}'] : ['', ''];
  const start = ['\\begin{table}', '  \\centering', `  ${caption}`, `  ${before}\\begin{tabular}${format}`];
  return [...start, ...top, ...body, `  \\end{tabular}${after}`, '\\end{table}', ''];
}

/** One `table` a section that has one; a `longtable` where it has many rows. */
export function latexReport({ text, sections }: Report): string {
  const about = text.map((paragraph) => `% ${marked(paragraph)}`);
  return [...about, '% \\usepackage{booktabs,graphicx,longtable}', '', ...sections.flatMap(tableOf)].join(
    '\n',
  );
}
