// Corpora in folders: what their names and the files beside recordings tell, and whether they can be read.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { compressedFormat } from '../../audio/index.js';
import { isVideoName } from '../../data/index.js';
import { readWav } from '../../io/index.js';
import { annotated, recogniseCorpus, type Recognition, type Recording } from '../../corpora/index.js';
import { SatnmfError } from '../../errors.js';
import { filesBelow } from './audio-files.js';
import { readBytes, type ReadOptions } from './files.js';

/** Text of a file: UTF-16 if a byte order mark says so, else UTF-8, or Latin-1 where it is no UTF-8. */
function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/**
 * Recognises the corpus in a folder by its layout, and reads the files beside its recordings that tell their
 * emotions, if it has such.
 * @throws {SatnmfError} `bad-file` if there is no such folder
 */
export async function recogniseFolder(folder: string, options: ReadOptions = {}): Promise<Recognition> {
  const found = recogniseCorpus(await filesBelow(folder));
  const { corpus } = found;
  if (corpus?.annotation === undefined) return found;
  const recordings: Recording[] = [];
  for (const recording of found.recordings) {
    const { utterance, annotation } = recording;
    if (utterance === null || annotation === null) recordings.push(recording);
    else {
      const content = textOf(await readBytes(join(folder, annotation), options));
      recordings.push({ ...recording, utterance: annotated(corpus, utterance, content) });
    }
  }
  if (recordings.some(({ utterance }) => utterance !== null && utterance.label !== null))
    return { ...found, recordings };
  const sentence = `is no ${corpus.title}: its ${corpus.annotation.extension} files tell no emotion`;
  return { ...found, corpus: null, sentence };
}

const LFS = new TextEncoder().encode('version https://git-lfs.github.com/');
const startsWith = (bytes: Uint8Array, what: Uint8Array): boolean =>
  what.every((byte, i) => bytes[i] === byte);

/** Enough of a file to see what it is. */
async function beginning(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Why a recording cannot be read; null if it can. WAV files are read whole; of compressed ones only their first
 * bytes are looked at.
 */
export async function whyUnreadable(file: string, options: ReadOptions = {}): Promise<string | null> {
  if (isVideoName(file)) return 'is a video: take out its sound, with ffmpeg (docs/corpora.md)';
  try {
    const first = await beginning(file);
    if (startsWith(first, LFS)) return 'is a Git LFS pointer, not the recording: run git lfs pull';
    if (compressedFormat(first) !== undefined) return null;
    readWav(await readBytes(file, options), { file });
    return null;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof SatnmfError) return error.message.replace(`${file}: `, '');
    if (error instanceof Error && 'code' in error) return `cannot be opened (${String(error.code)})`;
    throw error;
  }
}
