// Corpora by their fingerprint, in a folder or behind a URL. What is read is checked against the fingerprint.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Corpus, corpus } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import { corpusSha256 } from '../../experiment/index.js';
import { readContainer, writeContainer } from '../../io/index.js';
import { readBytes, writeFiles } from './files.js';

const texts = v.array(v.nullable(v.string()));
const META = v.strictObject({
  name: v.string(),
  columns: v.array(v.string()),
  file: texts,
  speaker: texts,
  emotion: texts,
});

const nameOf = (sha256: string): string => `${sha256}.corpus`;

/**
 * Writes a corpus into a folder under its fingerprint, unless it is there.
 * @throws {SatnmfError} as `writeFiles` does
 */
export async function keepCorpus(folder: string, sha256: string, kept: Corpus): Promise<void> {
  const file = join(folder, nameOf(sha256));
  if ((await stat(file).catch(() => null)) !== null) return;
  const { name, features, columns, file: files, speaker, emotion } = kept;
  const { rows, cols, data } = features;
  const bytes = writeContainer({
    kind: 'corpus',
    meta: { name, columns, file: files, speaker, emotion },
    tensors: [{ name: 'features', shape: [rows, cols], data }],
  });
  await mkdir(folder, { recursive: true });
  await writeFiles([{ name: file, bytes }]);
}

/**
 * The corpus of that fingerprint.
 * @param place a folder, or a URL to which its name is appended
 * @throws {SatnmfError} `bad-file` if it is not there or is another
 */
export async function fetchCorpus(place: string, sha256: string): Promise<Corpus> {
  const remote = /^https?:\/\//.test(place);
  const file = remote ? `${place.replace(/\/+$/, '')}/${nameOf(sha256)}` : join(place, nameOf(sha256));
  const { meta, tensors } = readContainer(await (remote ? download(file) : readBytes(file)), 'corpus', file);
  const about = v.safeParse(META, meta);
  const [features] = tensors;
  if (about.success && features?.data instanceof Float32Array && features.shape.length === 2) {
    const [rows, cols] = features.shape;
    const found = corpus({ ...about.output, features: { rows, cols, data: features.data } });
    if ((await corpusSha256(found)) === sha256) return found;
  }
  throw new SatnmfError('bad-file', `${file}: is not the corpus that its name says`, {
    file,
    expected: sha256,
  });
}

async function download(url: string): Promise<Uint8Array> {
  try {
    const answer = await fetch(url);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    throw new Error(`the server answers ${answer.status}`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SatnmfError('bad-file', `${url}: cannot be fetched: ${why}`, { file: url, cause });
  }
}
