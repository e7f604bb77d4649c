/**
 * The tables of a report as LaTeX, for `\input` into a paper that loads `booktabs`.
 *
 * @module
 */
import { piecesOf, type Report, type ReportTable, type Section, type Text } from './report.js';

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

function tabular({ columns, rows, summary }: ReportTable): string[] {
  // Braces: a line that begins with a bracket would be taken for an argument of the \\ before it.
  const line = (cells: readonly Text[]): string => `    {}${cells.map(marked).join(' & ')} \\\\`;
  const body = rows.map(line);
  if (summary > 0 && summary < rows.length) body.splice(rows.length - summary, 0, '    \\midrule');
  return [
    `  \\begin{tabular}{${columns.map(({ align }) => (align === 'right' ? 'r' : 'l')).join('')}}`,
    '    \\toprule',
    line(columns.map(({ head }) => head)),
    '    \\midrule',
    ...body,
    '    \\bottomrule',
    '  \\end{tabular}',
  ];
}

function float({ heading, text, table }: Section): string[] {
  if (table === null) return [];
  const caption = [heading.replace(/\.?$/, '.'), ...text].map(marked).join(' ');
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption}}`,
    ...tabular(table),
    '\\end{table}',
    '',
  ];
}

/** One `table` a section that has one. */
export function latexReport({ text, sections }: Report): string {
  const about = text.map((paragraph) => `% ${marked(paragraph)}`);
  return [...about, '% \\usepackage{booktabs}', '', ...sections.flatMap(float)].join('\n');
}
