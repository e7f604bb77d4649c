/**
 * Are the tables in a text Markdown, and padded so that they read well as they are?
 */
import { stripVTControlCharacters } from 'node:util';

const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

function complaint(table: readonly string[], before: string, after: string): string | null {
  if (before !== '') return `the line before it is not empty: ${before}`;
  if (after !== '') return `the line after it is not empty: ${after}`;
  if (table.length < 2) return 'it has no line of dashes';
  const width = cellsOf(table[0]).length;
  if (!cellsOf(table[1]).every((cell) => /^:?-+:?$/.test(cell))) return 'its second line is not of dashes';
  for (const line of table) {
    if (!/^\| .* \|$/.test(line)) return `a line does not begin and end with a bar: ${line}`;
    if (cellsOf(line).length !== width) return `not every line has ${width} cells: ${line}`;
    if (line.length !== table[0].length) return `not every line is equally long: ${line}`;
  }
  return null;
}

/** @throws where a table of `text` would not be one for a reader of Markdown */
export function requireMarkdownTables(text: string): void {
  const lines = stripVTControlCharacters(text).split('\n');
  for (let from = 0; from < lines.length; from++) {
    if (!lines[from].startsWith('|')) continue;
    let to = from;
    while (to < lines.length && lines[to].startsWith('|')) to++;
    const why = complaint(lines.slice(from, to), lines[from - 1] ?? '', lines[to] ?? '');
    if (why !== null) throw new Error(`A table is not Markdown: ${why}`);
    from = to;
  }
}
