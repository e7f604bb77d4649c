/**
 * What names of files and folders tell about recordings, and notes beside them.
 *
 * @module
 */
import { annotated, recogniseCorpus } from 'satnmf/corpora';
import { parseRowData } from 'satnmf/io';
import type { Label, Note, Recognised } from '../protocol.js';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Labels of a labels.csv by the names of files, as the command line reads it (docs/corpora.md). */
async function tableOf({ path, file }: Note): Promise<Map<string, Omit<Label, 'group'>>> {
  const { file: names, emotion, speaker } = parseRowData(new Uint8Array(await file.arrayBuffer()), path);
  return new Map(
    names.flatMap((name, row) =>
      name === null
        ? []
        : [[nameOf(name.replaceAll('\\', '/')), { emotion: emotion[row], speaker: speaker[row] }] as const],
    ),
  );
}

/**
 * Labels of recordings: from a labels.csv, or from the layout of a corpus that is known, or from folders of emotions.
 *
 * @throws {SatnmfError} `bad-file`: a labels.csv that cannot be read
 */
export async function recognise(paths: readonly string[], notes: readonly Note[]): Promise<Recognised> {
  const table = notes.find(({ path }) => nameOf(path).toLowerCase() === 'labels.csv');
  if (table !== undefined) {
    const rows = await tableOf(table);
    const labels = paths.map((path): Label => {
      const row = rows.get(nameOf(path)) ?? { emotion: null, speaker: null };
      return { ...row, group: row.emotion ?? folderOf(path) };
    });
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
