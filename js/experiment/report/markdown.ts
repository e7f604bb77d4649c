// A report as Markdown, which reads well on a terminal too.
import { markdownTable } from './markdown-table.js';
import { piecesOf, type Report, type Text } from './report.js';

/** Characters that Markdown, or the HTML inside it, would take for more than themselves. */
const escaped = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').replace(/[\\`*_[\]<>#&~]/g, '\\$&');

const marked = (text: Text): string =>
  piecesOf(text)
    .map(({ text: piece, bold }) => (bold === true ? `**${escaped(piece)}**` : escaped(piece)))
    .join('');

/** @returns the text, with a line end after the last line */
export function markdownReport({ title, text, sections }: Report): string {
  const parts = [`# ${escaped(title)}`, ...text.map(marked)];
  for (const { heading, text: paragraphs, table } of sections) {
    parts.push(`## ${escaped(heading)}`, ...paragraphs.map(marked));
    if (table === null) continue;
    const columns = table.columns.map(({ head, ...rest }) => ({ ...rest, head: escaped(head) }));
    parts.push(
      markdownTable(
        columns,
        table.rows.map((row) => row.map(marked)),
      ),
    );
  }
  return `${parts.join('\n\n')}\n`;
}
