/**
 * `npm run check`, step `rooms`: who may import whom, types included.
 *
 * 1. No circles between files.
 * 2. Imports run down the layers. Rooms on one line do not import each other.
 * 3. Methods do not import each other, nor do feature sets.
 * 4. A folder with an index.ts is a room, and the index.ts is its door. Files outside of the room import only the door;
 *    files inside of it import each other.
 *
 *   node scripts/rooms.mjs
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { root } from './root.mjs';

/** From the top down. A path that is longer counts: js/core/dense is not js/core. */
export const LAYERS = [
  ['bench', 'demo'],
  ['js/entries'],
  ['js/cli'],
  ['js/sweep/engines'],
  ['js/sweep'],
  ['js/outside/node'],
  ['js/outside/plot', 'js/outside/worker'],
  ['js/experiment/digest', 'js/experiment/maps', 'js/experiment/report'],
  ['js/experiment/results'],
  ['js/experiment'],
  ['js/recogniser/recognition'],
  ['js/methods'],
  ['js/recogniser'],
  ['js/learn/components', 'js/learn/importance', 'js/learn/nmf'],
  ['js/learn/fit'],
  ['js/learn/model'],
  ['js/learn/factor', 'js/learn/svm'],
  ['js/contract'],
  ['js/audio', 'js/corpora', 'js/metrics'],
  ['js/io/emodb'],
  ['js/io'],
  ['js/core/samples'],
  ['js/core/dense'],
  ['js/core'],
  ['js/data/scaling'],
  ['js/data'],
  ['js/errors.ts'],
];

/**
 * Imports that break a rule for a reason: `{ from, to, because }`, paths of files. One that no longer breaks a rule is
 * a complaint too.
 *
 * @type {{ from: string, to: string, because: string }[]}
 */
export const EXCEPTIONS = [];

/** Folders whose subfolders do not import each other. What two of them share has a room of its own further down. */
const STRANGERS = ['js/methods', 'js/audio/sets'];

/** Folders whose files are looked at. */
const FOLDERS = ['js', 'demo/src', 'bench'];

/**
 * Files and what they import, circles marked.
 *
 * @param {string} base folder that holds js/, demo/ and bench/, or some of them
 * @returns {Promise<{ source: string, dependencies: { resolved: string, cycle?: { name: string }[] }[] }[]>}
 */
export async function importsOf(base = root) {
  const config = join(root, 'tsconfig.json');
  const { output } = await cruise(
    FOLDERS.filter((folder) => existsSync(join(base, folder))),
    {
      baseDir: base,
      tsPreCompilationDeps: true,
      includeOnly: '^(js|demo|bench)/',
      validate: true,
      ruleSet: { forbidden: [{ name: 'circle', from: {}, to: { circular: true } }] },
    },
    { tsConfig: config },
    { tsConfig: extractTSConfig(config) },
  );
  return output.modules;
}

const inside = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/** The line of a file in {@link LAYERS} and the room there; null if it is in none. */
export function placeOf(path) {
  const places = LAYERS.flatMap((rooms, line) => rooms.map((room) => ({ room, line })));
  const around = places.filter(({ room }) => inside(path, room));
  return around.sort((a, b) => b.room.length - a.room.length)[0] ?? null;
}

/** The innermost folder around a file that has a door. Every file of js/entries is one. */
function roomWithDoor(path, files) {
  if (inside(path, 'js/entries')) return null;
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    if (files.has(`${folder}/index.ts`)) return folder;
  return null;
}

/** `a` of js/methods/a/b.ts, if the folder is js/methods. */
function subfolderOf(folder, path) {
  const [name, ...rest] = inside(path, folder) ? path.slice(folder.length + 1).split('/') : [];
  return rest.length > 0 ? name : null;
}

/** Why `from` may not import `to`, or null. */
function refusal(from, to, files) {
  const [here, there] = [placeOf(from), placeOf(to)];
  if (here !== null && there !== null && here.room !== there.room && there.line <= here.line)
    return there.line < here.line
      ? `imports upwards: ${there.room} is above ${here.room}`
      : `imports sideways: ${there.room} and ${here.room} are on one line`;
  for (const folder of STRANGERS) {
    const [mine, other] = [from, to].map((path) => subfolderOf(folder, path));
    if (mine !== null && other !== null && mine !== other)
      return `imports another folder of ${folder}: what two of them share belongs to a room further down`;
  }
  const room = roomWithDoor(to, files);
  if (room === null || inside(from, room)) {
    return room !== null && to === `${room}/index.ts`
      ? `imports the door of its own room: import the file that has the name`
      : null;
  }
  return to === `${room}/index.ts` ? null : `imports the inside of ${room}: import ${room}/index.ts`;
}

/** Each circle once, from its first name in the alphabet. */
function circlesOf(modules) {
  const circles = new Set();
  for (const { dependencies } of modules)
    for (const { cycle } of dependencies) {
      if (cycle === undefined) continue;
      const names = cycle.map(({ name }) => name);
      const first = names.indexOf([...names].sort()[0]);
      const turned = [...names.slice(first), ...names.slice(0, first)];
      circles.add([...turned, turned[0]].join(' → '));
    }
  return [...circles].map((circle) => `Circle: ${circle}.`);
}

/**
 * Sentences on what is wrong with the imports; none if all is well.
 *
 * @param {Awaited<ReturnType<typeof importsOf>>} modules
 */
export function complaintsAbout(modules, exceptions = EXCEPTIONS) {
  const files = new Set(modules.map(({ source }) => source));
  const complaints = circlesOf(modules);
  const used = new Set();
  for (const { source, dependencies } of modules) {
    if (placeOf(source) === null)
      complaints.push(`${source} is in no layer: give it one in scripts/rooms.mjs.`);
    for (const { resolved } of dependencies) {
      const why = refusal(source, resolved, files);
      if (why === null) continue;
      const excuse = exceptions.find(({ from, to }) => from === source && to === resolved);
      if (excuse === undefined) complaints.push(`${source} (${resolved}) ${why}.`);
      else used.add(excuse);
    }
  }
  for (const excuse of exceptions)
    if (!used.has(excuse))
      complaints.push(`${excuse.from} (${excuse.to}) breaks no rule: remove it from EXCEPTIONS.`);
  return complaints.sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = complaintsAbout(await importsOf());
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
