/**
 * Imports sent past the doors of rooms, for bundlers.
 *
 * A door (`index.ts`) exports names of several files. With `splitting`, esbuild asks which files an entry reaches, not
 * which names. So an entry that takes one name through a door would load every file that the door names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const STATEMENT = /^(import|export)( type)? \{([^}]*)\} from '([^']+)';/gm;

/** Door → name → file that has it. A name that the door itself declares is not in it. */
const doors = new Map();

const namesIn = (list) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function filesBehind(door) {
  const known = doors.get(door);
  if (known !== undefined) return known;
  const files = new Map();
  for (const [, kind, , list, from] of readFileSync(door, 'utf8').matchAll(STATEMENT))
    if (kind === 'export')
      for (const name of namesIn(list)) files.set(name.replace(/^type /, ''), join(dirname(door), from));
  doors.set(door, files);
  return files;
}

/**
 * The code with each name imported from the file that has it.
 *
 * @param {string} code of a file of TypeScript or of declarations, as Prettier or the compiler writes it
 * @param {string} path of that file
 */
export const pastDoors = (code, path) =>
  code.replace(STATEMENT, (statement, kind, type = '', list, from) => {
    const door = join(dirname(path), from).replace(/\.js$/, path.endsWith('.d.ts') ? '.d.ts' : '.ts');
    if (!from.endsWith('/index.js') || !existsSync(door)) return statement;
    const files = filesBehind(door);
    return namesIn(list)
      .map((item) => {
        const [, isType, name] = /^(type )?(.*)$/.exec(item);
        const to = files.get(name.split(' ')[0]);
        const file = to === undefined ? from : `./${relative(dirname(path), to).replaceAll('\\', '/')}`;
        return `${kind}${isType ? ' type' : type} { ${name} } from '${file}';`;
      })
      .join(' ');
  });

/** A plugin of esbuild, for files of js/ and demo/ that no other plugin loads. */
export const withoutDoors = {
  name: 'without-doors',
  setup(b) {
    b.onLoad({ filter: /[\\/](js|demo)[\\/].*\.ts$/ }, ({ path }) =>
      path.includes('node_modules')
        ? undefined
        : { contents: pastDoors(readFileSync(path, 'utf8'), path), loader: 'ts' },
    );
  },
};
