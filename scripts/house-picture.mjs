/**
 * The picture of the rooms in docs/architecture.md, made from the code: `npm run picture` writes it, `npm run check`
 * compares it.
 *
 *   node scripts/house-picture.mjs [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMade, root } from './root.mjs';
import { importsOf, LAYERS, placeOf } from './rooms.mjs';

const DOCUMENT = 'docs/architecture.md';
const [BEGIN, END] = ['<!-- rooms -->', '<!-- /rooms -->'];

const ABOUT = `A row for each room, from the top down; a column for each room, by its number. A dot says that the room of the row imports the room of the column. All dots are right of the diagonal: no room imports one above it. \`npm run picture\` makes this from the code.`;

/** Rooms that have files, top to bottom. */
function roomsOf(modules, base) {
  const rooms = LAYERS.flat().map((name) => ({ name, files: 0, lines: 0, imports: new Set() }));
  const byName = new Map(rooms.map((room) => [room.name, room]));
  for (const { source, dependencies } of modules) {
    const room = byName.get(placeOf(source)?.room);
    if (room === undefined || isMade(source)) continue;
    room.files++;
    room.lines += readFileSync(join(base, source), 'utf8').split('\n').length - 1;
    for (const { resolved } of dependencies) room.imports.add(placeOf(resolved)?.room);
  }
  return rooms.filter(({ files }) => files > 0);
}

/** Lines of text. */
export function pictureOf(modules, base = root) {
  const rooms = roomsOf(modules, base);
  const number = (i) => String(i + 1).padStart(2);
  const width = Math.max(...rooms.map(({ name }) => name.length));
  const left = (i, name, files, lines) =>
    `${i.padStart(2)} ${name.padEnd(width)} ${String(files).padStart(5)} ${String(lines).padStart(6)} `;
  const head = left('', 'room', 'files', 'lines') + rooms.map((_, i) => ` ${number(i)}`).join('');
  const rows = rooms.map(({ name, files, lines, imports }, i) => {
    const marks = rooms.map((other, j) => (i === j ? '  ╲' : imports.has(other.name) ? '  ●' : '  ·'));
    return left(number(i), name, files, `${(lines / 1000).toFixed(1)}k`) + marks.join('');
  });
  return [head, ...rows];
}

/**
 * The document with the picture in its place.
 *
 * @throws {Error} if the document has no place for it
 */
export function withPicture(text, picture) {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`${DOCUMENT} needs a line ${BEGIN} and, below it, a line ${END}.`);
  return `${text.slice(0, from)}${BEGIN}\n\n${ABOUT}\n\n\`\`\`text\n${picture.join('\n')}\n\`\`\`\n\n${text.slice(to)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, DOCUMENT);
  const old = readFileSync(path, 'utf8');
  const text = withPicture(old, pictureOf(await importsOf()));
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (text !== old) {
    console.log(`The picture of the rooms in ${DOCUMENT} is not that of the code: npm run picture.`);
    process.exitCode = 1;
  }
}
