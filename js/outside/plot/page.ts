// A report as one page: nothing is loaded, no script runs, and it is readable in light, dark and print.
import { piecesOf, type Report, type ReportTable, type Text } from '../../experiment/report/index.js';
import { type Figure, svgOf } from './figure.js';
import { escapeXml } from './xml.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #d0d5da; --soft: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #14181d; --line: #3a424b; --soft: #1d232a; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem; }
.wide { overflow-x: auto; width: max-content; max-width: min(100vw - 3rem, 50vw + 27rem); } .wide:focus-visible { outline: 2px solid; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); } .sum > * { background: var(--soft); }
.right { text-align: right; } .right > * { white-space: nowrap; } .right > :nth-child(2) { white-space: normal; } strong { font-weight: 700; }
figure { margin: 2rem 0; overflow-x: auto; } figure svg { display: block; width: 100%; min-width: 36rem; height: auto; }
@media print { body { max-width: none; } figure, tr { break-inside: avoid; } .wide, figure { overflow: visible; } }
`;

const marked = (text: Text): string =>
  piecesOf(text)
    .map(({ text: piece, bold }) =>
      bold === true ? `<strong>${escapeXml(piece)}</strong>` : `<span>${escapeXml(piece)}</span>`,
    )
    .join('');

function table({ columns, rows, summary }: ReportTable, heading: string): string {
  const look = (j: number): string => (columns[j].align === 'right' ? ' class="right"' : '');
  const head = columns
    .map(({ head: name }, j) => `<th scope="col"${look(j)}>${escapeXml(name)}</th>`)
    .join('');
  const body = rows
    .map((row, i) => {
      const [first, ...others] = row.map(marked);
      const cells = others.map((cell, j) => `<td${look(j + 1)}>${cell}</td>`).join('');
      return `<tr${i >= rows.length - summary ? ' class="sum"' : ''}><th scope="row">${first}</th>${cells}</tr>`;
    })
    .join('\n');
  return (
    `<div class="wide" role="region" tabindex="0" aria-label="${escapeXml(heading)}"><table>` +
    `<thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`
  );
}

/** Base64 of the SHA-256 of a text: what a content security policy knows a style by. */
async function hashOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...hash));
}

/** The whole page. Needs `crypto.subtle` (on pages: a secure context). */
export async function pageOf({ title, text, sections }: Report, figures: readonly Figure[]): Promise<string> {
  const policy = `default-src 'none'; style-src 'sha256-${await hashOf(STYLE)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const body = [
    `<h1>${escapeXml(title)}</h1>`,
    ...text.map((paragraph) => `<p>${marked(paragraph)}</p>`),
    ...sections.flatMap(({ heading, text: paragraphs, table: found }, i) => [
      `<section>\n<h2>${escapeXml(heading)}</h2>`,
      ...paragraphs.map((paragraph) => `<p>${marked(paragraph)}</p>`),
      ...(found === null ? [] : [table(found, heading)]),
      '</section>',
      // Figures follow the results, before the details.
      ...(i === 0 ? figures.map((figure) => `<figure>${svgOf(figure)}</figure>`) : []),
    ]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}
