/**
 * What names of files and folders tell about recordings, and notes beside them.
 *
 * @module
 */
import { annotated, recogniseCorpus } from 'satnmf/corpora';
import { baseName, LabelRows, type Labels } from '../../../js/io/index.js';
import type { Label, Note, Recognised } from '../protocol.js';

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A labels.csv, and the folder in which its paths begin. */
interface Table {
  /** With the slash at its end; empty where the table was dropped by itself. */
  readonly folder: string;
  readonly rows: LabelRows;
}

/** The tables among the notes, outer ones first: as on the command line, they go before those further in. */
async function tablesOf(notes: readonly Note[]): Promise<Table[]> {
  const found = notes.filter(({ path }) => baseName(path).toLowerCase() === 'labels.csv');
  const tables: Table[] = [];
  for (const { path, file } of found)
    tables.push({
      folder: path.slice(0, path.length - baseName(path).length),
      rows: new LabelRows(path, new Uint8Array(await file.arrayBuffer())),
    });
  return tables.sort((a, b) => a.folder.split('/').length - b.folder.split('/').length);
}

/** Its paths begin in its own folder; of what lies elsewhere a table may tell, too. */
function rowOf(path: string, tables: readonly Table[]): Labels | null {
  const { folder, rows } = tables.find((one) => path.startsWith(one.folder)) ?? tables[0];
  return rows.of(path.startsWith(folder) ? path.slice(folder.length) : path);
}

/** As the command line reads it (docs/corpora.md). */
function labelBy(tables: readonly Table[], path: string): Label {
  const row = rowOf(path, tables);
  const emotion = row?.['emotion']?.toLowerCase() ?? null;
  return { emotion, speaker: row?.['speaker'] ?? null, group: emotion ?? folderOf(path) };
}

/**
 * Labels of recordings: from a labels.csv, or from the layout of a corpus that is known, or from folders of emotions.
 *
 * @throws {SatnmfError} `bad-file`: a labels.csv that cannot be read, or tells of one recording twice
 */
export async function recognise(paths: readonly string[], notes: readonly Note[]): Promise<Recognised> {
  const tables = await tablesOf(notes);
  if (tables.length > 0) {
    const labels = paths.map((path) => labelBy(tables, path));
    const found = labels.filter(({ emotion }) => emotion !== null).length;
    return { labels, sentence: `labels.csv tells the emotion of ${found} of ${paths.length} recordings` };
  }
  const { corpus, recordings, sentence } = recogniseCorpus([...paths, ...notes.map(({ path }) => path)]);
  const texts = new Map(notes.map(({ path, file }) => [path, file]));
  const labels = new Map<string, Label>();
  for (const { path, utterance, annotation } of recordings) {
    const note = annotation === null ? undefined : texts.get(annotation);
    const found =
      corpus === null || utterance === null || note === undefined
        ? utterance
        : annotated(corpus, utterance, await note.text());
    if (found !== null)
      labels.set(path, {
        emotion: found.emotion,
        speaker: found.speaker,
        group: found.label ?? folderOf(path),
      });
  }
  return {
    labels: paths.map((path) => labels.get(path) ?? { emotion: null, speaker: null, group: folderOf(path) }),
    sentence,
  };
}
