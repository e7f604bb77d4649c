/**
 * `npm run check`, step `folders`: no folder is crowded, and a reader finds the test of any file by its path.
 *
 * A test in test/js/a/b or test/assembly/a/b bears the name of a file in js/a/b (`npy.test.ts` of npy.ts), or of the
 * folder (`b.test.ts`). More words may follow: `npy.hostile.test.ts`, `npy.slow.test.ts`. What tests share lies beside
 * them and may have tests of its own.
 *
 *   node scripts/folders.mjs
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMade, root } from './root.mjs';

const MOST_ENTRIES = 16;

/**
 * Folders that may have more entries, and why. docs/architecture.md names them too.
 *
 * @type {Record<string, string>}
 */
export const CROWDED = { 'js/methods': 'one folder a method' };

/**
 * Rooms without a test of their own, and the test that goes through them. `*` is any folder.
 *
 * @type {Record<string, string>}
 */
export const TESTED_ELSEWHERE = {
  'js/audio/builtin': 'test/package/entries.test.ts',
  'js/cli/commands/plot': 'test/js/cli/commands/report.test.ts',
  'js/cli/figures': 'test/js/cli/commands/report.test.ts',
  'js/core': 'test/assembly/core/arena.test.ts',
  'js/core/samples': 'test/assembly/core/factor/graph.test.ts',
  'js/corpora/known': 'test/js/corpora/recognise.test.ts',
  'js/entries': 'test/package/entries.test.ts',
  'js/learn/svm/hinge': 'test/js/learn/svm/train.test.ts',
  'js/learn/model/coders': 'test/hostile/coders.test.ts',
  'js/methods/dosl/row-sparse': 'test/js/methods/dosl/dosl.test.ts',
  'js/methods/*': 'test/js/contract/contract.test.ts',
  'js/outside/node/extract': 'test/js/cli/commands/extract.test.ts',
  'js/sweep/engines': 'test/js/cli/commands/sweep/sweep.test.ts',
};

/** Folders that are not in git. */
const BUILT = ['node_modules', 'build'];

/** Folders under one of the repository, with the names of what is in each. */
function* foldersUnder(base, folder) {
  if (!existsSync(join(base, folder))) return;
  const entries = readdirSync(join(base, folder), { withFileTypes: true }).filter(
    ({ name }) => !BUILT.includes(name) && !isMade(`${folder}/${name}`),
  );
  yield { folder, names: entries.map(({ name }) => name) };
  for (const entry of entries) if (entry.isDirectory()) yield* foldersUnder(base, `${folder}/${entry.name}`);
}

const isTest = (name) => name.endsWith('.test.ts');
const isCode = (name) => name.endsWith('.ts') && !name.endsWith('.d.ts');

function crowds(base, crowded) {
  const complaints = [];
  for (const top of ['js', 'assembly', 'test'])
    for (const { folder, names } of foldersUnder(base, top))
      if (names.length > MOST_ENTRIES && !(folder in crowded))
        complaints.push(`${folder} has ${names.length} entries, ${MOST_ENTRIES} are allowed: divide it.`);
  return complaints;
}

function tests(base, elsewhere) {
  const complaints = [];
  for (const top of ['test/js', 'test/assembly'])
    for (const { folder, names } of foldersUnder(base, top)) {
      const source = folder.slice('test/'.length);
      for (const name of names.filter(isTest)) {
        const [subject] = name.split('.');
        const has =
          existsSync(join(base, source, `${subject}.ts`)) ||
          names.includes(`${subject}.ts`) ||
          (subject === basename(folder) && existsSync(join(base, source)));
        if (!has) complaints.push(`${folder}/${name} is of no file: there is no ${source}/${subject}.ts.`);
      }
    }
  for (const { folder, names } of foldersUnder(base, 'js')) {
    if (folder === 'js' || !names.some(isCode)) continue;
    const tested =
      existsSync(join(base, 'test', folder)) && readdirSync(join(base, 'test', folder)).some(isTest);
    const other = elsewhere[folder] ?? (tested ? undefined : elsewhere[`${dirname(folder)}/*`]);
    if (!tested && other === undefined)
      complaints.push(
        `${folder} has no test: write one in test/${folder}, or name the one that goes through it.`,
      );
    if (tested && other !== undefined)
      complaints.push(`${folder} has a test: remove it from TESTED_ELSEWHERE.`);
  }
  for (const [folder, test] of Object.entries(elsewhere))
    for (const path of [folder.replace('/*', ''), test])
      if (!existsSync(join(base, path)))
        complaints.push(`${path} is named in TESTED_ELSEWHERE, but is not there.`);
  return complaints;
}

/**
 * Sentences on what is wrong with folders and tests; none if all is well.
 *
 * @param {string} base the folder that holds js/, assembly/ and test/
 */
export const complaintsAboutFolders = (base = root, crowded = CROWDED, elsewhere = TESTED_ELSEWHERE) => [
  ...crowds(base, crowded),
  ...tests(base, elsewhere),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = complaintsAboutFolders();
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
