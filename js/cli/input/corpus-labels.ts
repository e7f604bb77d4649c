/**
 * What the layout of a known corpus tells about recordings, without being asked for.
 *
 * @module
 */
import { quote } from '../../data/quote.js';
import { checkCorpus, type CorpusCheck } from '../../corpora/check.js';
import type { AudioFile } from '../../outside/node/audio-files.js';
import { recogniseFolder } from '../../outside/node/recordings.js';
import type { Labels } from '../../io/label-rows.js';
import type { Screen } from '../screen/screen.js';

/** Warnings about a recognised corpus, each the end of a sentence that begins with the folder. */
function* problemsOf({ title, extra, twice, unmappable, faults }: CorpusCheck): Generator<string> {
  if (extra.length > 0)
    yield `${extra.length} recordings are not those of ${title}, such as ${quote(extra[0])}`;
  if (twice.length > 0)
    yield `${twice.length} utterances are there more than once, such as ${twice[0].slice(0, 2).map(quote).join(' and ')}: name the folder of one of them`;
  for (const { label, recordings } of unmappable)
    yield label === null
      ? `${recordings} recordings have no emotion`
      : `${recordings} recordings of ${quote(label)} have no emotion; --label-map ${label}=… gives them one`;
  for (const { file, message } of faults) yield `${quote(file)} ${message}`;
}

/**
 * Labels of the recordings in a folder if its layout is that of a known corpus, or has a folder an emotion;
 * otherwise null. What was recognised is on the screen.
 *
 * @param map emotions by the corpus's own words, before its own
 */
export async function layoutLabels(
  screen: Screen,
  folder: string,
  files: readonly AudioFile[],
  map: ReadonlyMap<string, string>,
): Promise<(Labels | null)[] | null> {
  const { corpus, recordings, candidates, sentence } = await recogniseFolder(folder, {
    signal: screen.signal,
  });
  if (corpus === null) {
    if (candidates.length > 0) screen.warn(`${folder}: ${sentence}`);
    return null;
  }
  screen.note(`${folder}: ${sentence}; labels come from there`);
  const mapped = recordings.map((recording) => {
    const { utterance } = recording;
    const emotion = map.get(utterance?.label ?? '');
    return utterance === null || emotion === undefined
      ? recording
      : { ...recording, utterance: { ...utterance, emotion } };
  });
  for (const problem of problemsOf(checkCorpus(corpus, mapped))) screen.warn(`${folder}: ${problem}`);
  const byPath = new Map(mapped.map(({ path, utterance }) => [path, utterance]));
  return files.map(({ name }) => {
    const utterance = byPath.get(name) ?? null;
    if (utterance === null) return null;
    const { speaker, sex, emotion, text } = utterance;
    return { speaker, sex, emotion, text };
  });
}
