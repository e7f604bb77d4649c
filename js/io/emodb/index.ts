/**
 * EmoDB, packed: 535 utterances of ten actors in seven emotions, as the 6373 ComParE-2013 features that
 * `satnmf/audio` extracts from the recordings; about 3.9 MB that are read only when asked for.
 *
 * @module
 */
import type { Corpus } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { unpackCorpus } from '../packed-corpus.js';

export { SatnmfError } from '../../errors.js';

/** Whose recordings these are. */
export const EMODB_CREDIT =
  'Berlin Database of Emotional Speech (EmoDB): F. Burkhardt, A. Paeschke, M. Rolfes, W. Sendlmeier, B. Weiss: ' +
  'A Database of German Emotional Speech. Interspeech 2005, Lisbon.';

/** Where the packed file comes from; one of them, or neither. */
export interface EmodbOptions {
  /** The content of `satnmf/emodb.bin`, for runtimes that bundle files (workerd) or cache them. */
  bytes?: Uint8Array;
  /** Where to fetch it from. Default: `emodb.bin` beside this module. */
  url?: string | URL;
}

/**
 * Loads EmoDB. `speaker` is `03` … `16`, `extra.sex` is `m` or `f`, `extra.text` the sentence's code.
 *
 * The values are packed to a byte each: within 1/255 of a feature's range of those extracted (docs/formats.md §4.4).
 *
 * @throws {SatnmfError} `bad-file` if the file cannot be had; as `unpackCorpus`
 *
 * @example
 * const emodb = await loadEmodb();
 * emodb.features.rows; // 535
 */
export async function loadEmodb({ bytes, url }: EmodbOptions = {}): Promise<Corpus> {
  if (bytes !== undefined) return unpackCorpus(bytes, 'emodb.bin');
  const from = url ?? new URL('./emodb.bin', import.meta.url);
  return unpackCorpus(await bytesAt(from), String(from));
}

async function bytesAt(url: string | URL): Promise<Uint8Array> {
  try {
    if (String(url).startsWith('file:')) return await readLocal(String(url));
    const answer = await fetch(url);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    throw new Error(`status ${answer.status}`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SatnmfError('bad-file', `${String(url)}: cannot be read: ${why}`, { file: String(url), cause });
  }
}

/** Node's fetch does not open files. The name is put together so that bundlers for browsers do not look for it. */
async function readLocal(url: string): Promise<Uint8Array> {
  const name = ['node:fs', 'promises'].join('/');
  const files = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
    readFile(from: URL): Promise<Uint8Array>;
  };
  return files.readFile(new URL(url));
}
