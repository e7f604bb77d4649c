// Tables that are Markdown and read well on a terminal.

export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

export const right = (head: string): Column => ({ head, align: 'right' });

/** What a cell may be given, after it has its width: a look, so that escapes do not count as letters. */
export type Paint = (text: string, row: number, column: number) => string;

/** Bars and line ends would end a cell; control characters have no width. */
const clean = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').replaceAll('|', '\\|');

/**
 * Lines of a table, without a line end after the last.
 *
 * @example
 * markdownTable([{ head: 'method' }, { head: 'UAR', align: 'right' }], [['svm', '46.5']]);
 * // | method |  UAR |
 * // | ------ | ---: |
 * // | svm    | 46.5 |
 */
export function markdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint = (text) => text,
): string {
  const heads = columns.map(({ head }) => clean(head));
  const cells = rows.map((row) => row.map(clean));
  const widths = heads.map((head, j) => Math.max(3, head.length, ...cells.map((row) => row[j].length)));
  const pad = (text: string, j: number): string =>
    columns[j].align === 'right' ? text.padStart(widths[j]) : text.padEnd(widths[j]);
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [
    line(heads.map(pad)),
    line(
      columns.map(({ align }, j) =>
        align === 'right' ? `${'-'.repeat(widths[j] - 1)}:` : '-'.repeat(widths[j]),
      ),
    ),
    ...cells.map((row, i) => line(row.map((text, j) => paint(pad(text, j), i, j)))),
  ].join('\n');
}
