/**
 * A folder of recordings against the corpus that it is recognised as.
 *
 * @module
 */
import { join } from 'node:path';
import { counted, quote } from '../../../data/quote.js';
import { SatnmfError } from '../../../errors.js';
import { checkCorpus, type CorpusCheck, type Count } from '../../../corpora/check.js';
import { CORPUS_NAMES } from '../../../corpora/registry.js';
import { markdownTable, right } from '../../../experiment/report/markdown-table.js';
import { recogniseFolder, whyUnreadable } from '../../../outside/node/recordings.js';
import { showCount } from '../../screen/progress.js';
import type { Screen } from '../../screen/screen.js';

/** What `satnmf corpora check` finds. */
export interface FolderCheck extends CorpusCheck {
  readonly folder: string;
  readonly unreadable: readonly { readonly file: string; readonly message: string }[];
  readonly where: string;
  readonly licence: string;
  readonly citation: string;
}

/**
 * Recognises and checks a folder, with progress on the screen while recordings are read.
 *
 * @throws {SatnmfError} `bad-file` if there is no such folder, it is no corpus that is known, or several
 */
export async function checkFolder(screen: Screen, folder: string): Promise<FolderCheck> {
  const { signal } = screen;
  const { corpus, recordings, sentence } = await recogniseFolder(folder, { signal });
  if (corpus === null)
    throw new SatnmfError('bad-file', `${folder}: ${sentence}. Known are ${CORPUS_NAMES.join(', ')}`, {
      file: folder,
      expected: CORPUS_NAMES.join(', '),
    });
  screen.note(`${folder}: ${sentence}`);
  const unreadable: { file: string; message: string }[] = [];
  const display = showCount(screen, recordings.length);
  try {
    for (const [i, { path }] of recordings.entries()) {
      signal.throwIfAborted();
      const message = await whyUnreadable(join(folder, path), { signal });
      if (message !== null) unreadable.push({ file: path, message });
      display.show(i + 1, `read: ${path}`);
    }
  } finally {
    display.end();
  }
  const { where, licence, citation } = corpus;
  return { folder, ...checkCorpus(corpus, recordings), unreadable, where, licence, citation };
}

/** Most names that are printed; the JSON output has all. */
const LISTED = 10;

function listed(items: readonly string[]): string {
  const rest = items.length - LISTED;
  return items.slice(0, LISTED).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

function countTable(what: string, counts: readonly Count[]): string {
  const official = counts.some((one) => one.official !== null);
  return markdownTable(
    [{ head: what }, right('found'), ...(official ? [right('official')] : [])],
    counts.map((one) => [one.name, String(one.found), ...(official ? [String(one.official ?? '–')] : [])]),
  );
}

/** What is not as it should be, a line each. */
function* linesOf(found: FolderCheck): Generator<string> {
  const { missing, extra, twice, unmappable, unreadable, faults } = found;
  if (missing.count > 0)
    yield `missing: ${missing.count}${missing.ids === null ? '' : `: ${listed(missing.ids)}`}`;
  if (extra.length > 0)
    yield `not of the corpus: ${extra.length}: ${listed(extra.map((file) => quote(file)))}`;
  if (twice.length > 0)
    yield `more than once: ${twice.length}: ${listed(twice.map((files) => files.map((file) => quote(file)).join(' = ')))}`;
  for (const { label, recordings } of unmappable)
    yield label === null
      ? `without an emotion: ${recordings}`
      : `no word for the emotion ${quote(label)}: ${recordings}`;
  if (unreadable.length > 0)
    yield `unreadable: ${unreadable.length}: ${listed(unreadable.map(({ file, message }) => `${quote(file)} ${message}`))}`;
  for (const { file, message } of faults) yield `known fault: ${quote(file)} ${message}`;
}

export function printCheck(screen: Screen, found: FolderCheck): void {
  const { title, release, utterances, recordings, emotions, speakers, licence, where, citation } = found;
  const extent = release === null ? '' : ` of ${release.utterances} (${release.name})`;
  const lines = [...linesOf(found)];
  screen.print(`${title}: ${utterances} utterances${extent} in ${recordings} recordings\n`);
  screen.print(`${countTable('emotion', emotions)}\n`);
  const count = release === null ? '' : ` (official: ${release.speakers})`;
  if (speakers.length > 0 && speakers.length <= 16) screen.print(`${countTable('speaker', speakers)}\n`);
  screen.print(`${counted(speakers.length, 'speaker')}${count}\n`);
  screen.print(
    lines.length === 0 ? 'Nothing is missing, and nothing is there that should not be.' : lines.join('\n'),
  );
  if (release !== null) screen.print(`\nlicence: ${licence}\nwhere: ${where}\ncite: ${citation}`);
}
