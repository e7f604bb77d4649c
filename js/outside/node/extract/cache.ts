// Features that are kept in a folder, so that no file is extracted twice. They are found by what they were
// made from: the SHA-256 of the audio file's bytes and that of compare.wasm. Names and dates do not count.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { WASM_SHA256 as COMPARE_SHA256 } from '../../../audio/index.js';
import { readContainer, writeContainer } from '../../../io/index.js';
import { isFolder } from '../audio-files.js';

/** What is extracted: a row a file, or a row every 10 ms. */
export type Level = 'functionals' | 'lld';

export interface FileFeatures {
  readonly rows: number;
  /** `rows x width`, row by row. */
  readonly data: Float32Array;
  readonly seconds: number;
  /** What the samples tell of the recording. */
  readonly remarks: readonly string[];
  /** Sentences for the user, each beginning after the file's name. */
  readonly warnings: readonly string[];
}

const FOLDER = '.satnmf-cache';

/** The folder for an input: beside a folder that was named, and beside a file. */
export async function cacheFolder(input: string): Promise<string> {
  if (await isFolder(input)) return join(dirname(resolve(input)), FOLDER);
  const fixed = input.split(/[*?[{]/)[0];
  return join(dirname(resolve(fixed === input ? input : `${fixed}_`)), FOLDER);
}

export function cachePlace(cache: string, bytes: Uint8Array, level: Level): string {
  const content = createHash('sha256').update(bytes).digest('hex');
  return join(cache, COMPARE_SHA256.slice(0, 16), `${content}.${level}`);
}

/** The features kept at a place; null if there are none, or they are damaged. */
export async function readCached(place: string, width: number): Promise<FileFeatures | null> {
  try {
    const { meta, tensors } = readContainer(await readFile(place), 'corpus', place);
    const { extractor, seconds, remarks, warnings } = meta as Record<string, unknown>;
    const [{ shape, data }] = tensors;
    if (extractor !== COMPARE_SHA256 || typeof seconds !== 'number' || !Array.isArray(warnings)) return null;
    // Kept by a version that made no remarks.
    if (!Array.isArray(remarks)) return null;
    if (!(data instanceof Float32Array) || shape.length !== 2 || shape[1] !== width) return null;
    return { rows: shape[0], data, seconds, remarks: remarks.map(String), warnings: warnings.map(String) };
  } catch {
    // Whatever is wrong with it: the file is extracted again.
    return null;
  }
}

/** Keeps features; they appear whole or not at all. */
export async function writeCached(
  place: string,
  width: number,
  { rows, data, seconds, remarks, warnings }: FileFeatures,
): Promise<void> {
  const bytes = writeContainer({
    kind: 'corpus',
    meta: { extractor: COMPARE_SHA256, seconds, remarks, warnings },
    tensors: [{ name: 'features', shape: [rows, width], data }],
  });
  await mkdir(dirname(place), { recursive: true });
  const temporary = join(dirname(place), `.${basename(place)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, place);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
