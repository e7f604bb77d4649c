import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A path inside the repository. */
export const at = (...parts) => join(root, ...parts);

/** Does a script make this file of js/, so that it is not in git? */
export function isMade(path) {
  const patterns = readFileSync(at('.gitignore'), 'utf8').split('\n');
  return patterns.some(
    (line) =>
      line.startsWith('js/') &&
      new RegExp(`^${line.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path),
  );
}
