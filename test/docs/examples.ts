/**
 * The examples of the documents and of the docstrings, and a way to run them on the built package.
 */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { babble, pcmFile } from '../js/audio/synthetic.js';
import { packageJson, root } from '../package/built.js';

export interface Example {
  /** `docs/api.md:31`, or `uar (js/metrics/uar.ts)`. */
  readonly where: string;
  readonly code: string;
  /** Name that a docstring stands above. */
  readonly name?: string;
}

/** What became of an example. */
export interface Outcome {
  readonly error: string | null;
  /** A package that the example needs and that is not installed here. */
  readonly missing: string | null;
  /** What each `console.log` printed, by its line in the code, counted from 0. */
  readonly printed: Readonly<Record<number, readonly string[]>>;
}

export const DOCUMENTS = ['README.md', ...readdirSync(`${root}/docs`).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

/** Fenced blocks of a language, with the number of the line that each begins in. */
export function blocksOf(file: string, language: string): { line: number; code: string }[] {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((found) => ({
    line: text.slice(0, found.index).split('\n').length + 1,
    code: found[1],
  }));
}

export const documentExamples = (): Example[] =>
  DOCUMENTS.flatMap((file) =>
    blocksOf(file, 'js').map(({ line, code }) => ({ where: `${file}:${line}`, code })),
  );

/** Examples of all docstrings in js/, public or not. */
export function docstringExamples(): Example[] {
  const files = readdirSync(`${root}/js`, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.sort().flatMap((file) => {
    const text = readFileSync(`${root}/js/${file}`, 'utf8');
    const docstring = /\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s*export (?:async )?(?:function|class|const) (\w+)/g;
    return [...text.matchAll(docstring)].flatMap(([, comment, name]) => {
      const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
      const from = lines.indexOf('@example');
      if (from < 0) return [];
      const rest = lines.slice(from + 1);
      const to = rest.findIndex((line) => line.startsWith('@'));
      const code = rest
        .slice(0, to < 0 ? undefined : to)
        .join('\n')
        .trim();
      return [{ where: `${name} (js/${file})`, code, name }];
    });
  });
}

/** Entries of the package that are modules, as they are imported. */
export const ENTRIES = Object.entries(packageJson.exports)
  .filter(([, target]) => typeof target === 'object')
  .map(([entry]) => entry.replace(/^\./, 'satnmf'));

/**
 * What examples take for granted: two small corpora of the same features, and files beside them. The corpora are
 * called by the names that docstrings use.
 */
const GIVEN = `
import { createReadStream } from 'node:fs';
import { readFile as read } from 'node:fs/promises';
import { corpus, linearSvm, matrix } from 'satnmf';
import { saveModelFile, writeTableFile } from 'satnmf/node';
import { train } from 'satnmf/recogniser';
const cells = (n) => Float32Array.from({ length: 8 * n }, (_, i) => ((i * 37) % 97) + 8 * (i & 8));
const emotions = (n) => Array.from({ length: n }, (_, i) => (i % 2 ? 'sadness' : 'anger'));
export const readFile = read;
export const emodb = corpus({ name: 'emodb', features: matrix(60, 8, cells(60)), emotion: emotions(60) });
export const source = emodb;
export const recordings = corpus({ name: 'recordings', features: matrix(40, 8, cells(40)) });
export const target = recordings;
export const task = { source, target };
export const truth = emotions(40);
export const rows = matrix(2, 8, cells(2));
export const stream = createReadStream('hello.wav');
export const microphone = (async function* () { for (let i = 0; i < 4; i++) yield new Float32Array(48000); })();
export const mine = corpus({ ...emodb, name: 'mine' });
export const weights = await train([{ corpus: emodb }, { corpus: mine }]);
export const bytes = await read('hello.wav');
export const classify = (features) => features.rows;
await writeTableFile(emodb, 'tables/emodb.npy');
await saveModelFile(await linearSvm().fit(task), 'recordings.satnmf');
`;
const GIVEN_NAMES = [...GIVEN.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);

const RUNNER = `
import { formatWithOptions } from 'node:util';
const outcomes = [];
for (const file of process.argv.slice(2)) {
  const printed = {};
  globalThis.logged = (line, ...args) =>
    (printed[line] ??= []).push(formatWithOptions({ breakLength: Infinity }, ...args));
  const outcome = { error: null, missing: null, printed };
  try {
    await import(file);
  } catch (error) {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /package '([^']+)'/.exec(error.message)?.[1];
    if (missing) outcome.missing = missing;
    else outcome.error = String(error.stack);
  }
  outcomes.push(outcome);
}
console.info(JSON.stringify(outcomes));
process.exit();
`;

/** Names that a piece of code uses, comments and strings apart. */
function wordsOf(code: string): Set<string> {
  const bare = code.replace(/\/\/.*$|'[^'\n]*'|"[^"\n]*"/gm, '');
  return new Set(bare.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? []);
}

/** Names that a piece of code declares or imports. */
function declared(code: string): Set<string> {
  const found = [...code.matchAll(/\b(?:const|let|import|function|class)\s+(\w+|\{[^}]*\}|\[[^\]]*\])/g)];
  return new Set(found.flatMap(([, names]) => [...(names.match(/\w+/g) ?? [])]));
}

/** The example as a module: what it takes for granted is imported, what it prints is kept. */
function moduleOf(code: string, homes: ReadonlyMap<string, string>): string {
  const own = declared(code);
  const free = [...wordsOf(code)].filter((word) => !own.has(word));
  const given = free.filter((word) => GIVEN_NAMES.includes(word));
  const imports = free
    .filter((word) => homes.has(word) && !given.includes(word))
    .map((word) => `import { ${word} } from '${homes.get(word)}';`);
  const lines = code.split('\n').map((line, i) => line.replaceAll('console.log(', `logged(${i}, `));
  return [`import { ${given.join(', ')} } from './given.mjs';`, ...imports, ...lines].join('\n');
}

/**
 * Runs examples one after the other, in one process, in a folder of their own.
 *
 * @param homes the entry of each public name, as {@link homesOf} finds it
 */
export async function runExamples(
  examples: readonly Example[],
  homes: ReadonlyMap<string, string>,
): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-examples-'));
  const at = (name: string): string => join(folder, name);
  try {
    mkdirSync(at('node_modules'));
    mkdirSync(at('tables'));
    symlinkSync(root, at('node_modules/satnmf'), 'junction');
    writeFileSync(at('hello.wav'), pcmFile(babble(16000)));
    writeFileSync(at('given.mjs'), GIVEN);
    writeFileSync(at('run.mjs'), RUNNER);
    const files = examples.map(({ code }, i) => {
      writeFileSync(at(`${i}.mjs`), moduleOf(code, homes));
      return `./${i}.mjs`;
    });
    const { stdout } = await promisify(execFile)(process.execPath, ['run.mjs', ...files], {
      cwd: folder,
      maxBuffer: 1 << 24,
      timeout: 110_000,
    });
    return JSON.parse(stdout.trim().split('\n').pop() as string) as Outcome[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The entry of each public name; the first that has it. */
export async function homesOf(): Promise<Map<string, string>> {
  const code = `
    const names = [];
    for (const entry of ${JSON.stringify(ENTRIES)})
      for (const name of Object.keys(await import(entry))) names.push([name, entry]);
    console.log(JSON.stringify(names.reverse()));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
  });
  return new Map(JSON.parse(stdout) as [string, string][]);
}

/** What an example says that a line prints: the comment at its end. */
export function expectations(code: string): { line: number; text: string }[] {
  return code.split('\n').flatMap((text, line) => {
    const found = /console\.log\(.*\);? \/\/ (.*)$/.exec(text);
    return found === null ? [] : [{ line, text: found[1] }];
  });
}
