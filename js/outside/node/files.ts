// Files of tables and models. What is written appears whole or not at all.
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Corpus } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { type NamedBytes, readTable, type TableOptions, writeTable } from '../../io/index.js';

/** How the system says that a file is not there, or is not a file. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What keeps a path from being opened. Other errors, such as a full disk, are no fault of the path. */
const NOT_OPENED: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be opened',
  EPERM: 'may not be opened',
  ELOOP: 'is no path that can be opened',
  ENAMETOOLONG: 'is no path that can be opened',
};

function refuse(file: string, error: unknown): never {
  const why = NOT_OPENED[codeOf(error)];
  if (why === undefined) throw error;
  throw new SatnmfError('bad-file', `${file}: ${why}`, { file, cause: error });
}

/** How files are read. */
export interface ReadOptions {
  /** Cancels: the promise rejects with `signal.reason`. */
  signal?: AbortSignal;
}

/**
 * Bytes of a file.
 * @throws {SatnmfError} `bad-file` if it is not there, is a folder or may not be read
 */
export async function readBytes(file: string, { signal }: ReadOptions = {}): Promise<Uint8Array> {
  signal?.throwIfAborted();
  try {
    return await readFile(file, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    refuse(file, error);
  }
}

/**
 * A table with what lies beside it: `.npy` (with `X.csv` and `X.columns.txt`), `.csv`, `.tsv`, `.txt` or `.arff`.
 * @param file path of the table, or of the row data beside an NPY table
 * @throws {SatnmfError} as `readTable` does: `bad-file`, `not-finite`, `too-few-rows`, `too-large`, `unsupported`;
 *   each names file, row and column, counted from 1
 *
 * @example
 * const emodb = await readTableFile('tables/emodb.npy');
 */
export function readTableFile(file: string, options: TableOptions & ReadOptions = {}): Promise<Corpus> {
  return readTable(
    file,
    async (name) => {
      try {
        return await readBytes(name, options);
      } catch (error) {
        if (error instanceof SatnmfError && codeOf(error.cause) === 'ENOENT') return null;
        throw error;
      }
    },
    options,
  );
}

/** How files are written. */
export interface WriteOptions {
  /** Files that must survive; writing onto one of them is refused. */
  inputs?: readonly string[];
  /** Cancels: nothing is written, the promise rejects with `signal.reason`. */
  signal?: AbortSignal;
}

/** The files that a table at `file` may consist of. */
export function filesOfTable(file: string): string[] {
  const stem = file.replace(/\.[^./\\]*$/, '');
  return [...new Set([file, `${stem}.npy`, `${stem}.csv`, `${stem}.columns.txt`])];
}

const identify = (path: string) => stat(path, { bigint: true }).catch(() => null);

/** Whether two paths lead to the same file; false if one leads nowhere. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = [await identify(one), await identify(other)];
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}

/**
 * Whether a file may be written: before an hour of work, not after it.
 * @param argument name of the option for messages
 * @throws {SatnmfError} `bad-argument` if it is one of `inputs` (by whatever path), a folder, or in a folder
 *   that is not there
 */
export async function checkOutput(
  argument: string,
  file: string,
  inputs: readonly string[] = [],
): Promise<void> {
  const fail = (why: string): never => {
    throw new SatnmfError('bad-argument', `"${argument}": ${file} ${why}`, { argument, file, actual: file });
  };
  const folder = await identify(dirname(file));
  if (folder === null || !folder.isDirectory()) fail('is in a folder that is not there');
  const there = await identify(file);
  if (there === null) return;
  if (there.isDirectory()) fail('is a folder');
  for (const input of inputs)
    if (await isSameFile(input, file))
      fail(input === file ? 'is an input, which is not overwritten' : `is the input ${input}`);
}

/**
 * Writes files under temporary names beside their places and renames them when all are complete.
 * @throws {SatnmfError} `bad-argument`, see {@link checkOutput}; `bad-file` if a folder may not be written to
 */
export async function writeFiles(files: readonly NamedBytes[], options: WriteOptions = {}): Promise<void> {
  const { inputs = [], signal } = options;
  for (const { name } of files) await checkOutput('output', name, inputs);
  const temporary = files.map(({ name }) => join(dirname(name), `.${basename(name)}.${randomUUID()}.tmp`));
  try {
    for (const [i, { name, bytes }] of files.entries()) {
      signal?.throwIfAborted();
      const handle = await open(temporary[i], 'wx').catch((error: unknown) => refuse(name, error));
      try {
        await handle.writeFile(bytes, signal && { signal });
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
    signal?.throwIfAborted();
    for (const [i, { name }] of files.entries()) await rename(temporary[i], name);
  } catch (error) {
    await Promise.all(temporary.map((path) => unlink(path).catch(() => undefined)));
    signal?.throwIfAborted();
    throw error;
  }
}

export const textFile = (name: string, text: string): NamedBytes => ({
  name,
  bytes: new TextEncoder().encode(text),
});

/**
 * Writes a table: `.npy` (with `X.csv` and `X.columns.txt`), `.csv` or `.arff`.
 * @throws {SatnmfError} as `writeTable` and {@link writeFiles} do
 */
export async function writeTableFile(table: Corpus, file: string, options: WriteOptions = {}): Promise<void> {
  await writeFiles(writeTable(table, file), options);
}
