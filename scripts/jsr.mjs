/**
 * The package as JSR takes it, in a folder: dist/ as on npm, but for declarations, which name each other's files. JSR
 * does not build, and leaves out what git ignores, so it gets a copy.
 *
 *   npm run build && npm run build:types && node scripts/jsr.mjs FOLDER && cd FOLDER && npx jsr publish
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './root.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder to write to.');
mkdirSync(folder, { recursive: true });
for (const name of ['dist', 'jsr.json', 'README.md', 'LICENSE', 'CHANGELOG.md'])
  cpSync(at(name), join(folder, name), { recursive: true });

for (const name of readdirSync(join(folder, 'dist/types'), { recursive: true })) {
  const file = join(folder, 'dist/types', name);
  if (!file.endsWith('.d.ts')) continue;
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/((?:from |import\(|import )["']\.[^"']+)\.js(["'])/g, '$1.d.ts$2'));
}
