// Emotions as classes: the vocabulary, their one order, and the rows that belong to them.
import { SatnmfError } from '../errors.js';
import { type Corpus, selectCorpusRows } from './corpus.js';
import { quote } from './quote.js';
import { unknownWord } from './suggest.js';

/** The words that the package's own corpora use. Tables may have others; suggestions come from these too. */
export const EMOTIONS: readonly string[] = Object.freeze([
  'anger',
  'boredom',
  'calm',
  'contempt',
  'disgust',
  'fear',
  'happiness',
  'neutral',
  'sadness',
  'surprise',
]);

type Labels = readonly (string | null)[];
type Labelled = Pick<Corpus, 'name' | 'emotion'>;

/** Distinct words, ascending by code unit: the order of classes everywhere. Unknown (null) entries are left out. */
export function classesOf(labels: Labels): string[] {
  const distinct = new Set<string>();
  for (const label of labels) if (label !== null) distinct.add(label);
  return [...distinct].sort();
}

const listed = (words: readonly string[]): string => (words.length === 0 ? 'no emotions' : words.join(', '));

/**
 * The emotions that both corpora have, in class order.
 * @throws {SatnmfError} `no-common-emotion`, with what each of them has
 */
export function commonEmotions(source: Labelled, target: Labelled): string[] {
  const [a, b] = [classesOf(source.emotion), classesOf(target.emotion)];
  const known = new Set(b);
  const common = a.filter((emotion) => known.has(emotion));
  if (common.length === 0)
    throw new SatnmfError(
      'no-common-emotion',
      `${source.name} has ${listed(a)} and ${target.name} has ${listed(b)}: no emotion in common`,
      { argument: 'emotions', expected: listed(a), actual: listed(b) },
    );
  return common;
}

/**
 * The emotions asked for, in class order, without repetitions. The source must have each of them, since
 * nothing else can teach it; the target must have one at least. Left out: {@link commonEmotions}.
 * @throws {SatnmfError} `unknown-class` for one that the source does not have, with a suggestion;
 *   `no-common-emotion` if the target has none of them
 */
export function chooseEmotions(source: Labelled, target: Labelled, asked?: readonly string[]): string[] {
  if (asked === undefined) return commonEmotions(source, target);
  const [a, b] = [classesOf(source.emotion), classesOf(target.emotion)];
  for (const emotion of asked) {
    if (a.includes(emotion)) continue;
    const where = b.includes(emotion) ? `only ${target.name} has it, ${source.name}` : source.name;
    const sentence = `"emotions": ${quote(emotion)} cannot be learnt: ${where} has ${listed(a)}`;
    throw unknownWord(emotion, a, sentence, { argument: 'emotions', expected: listed(a) }, 'unknown-class');
  }
  const chosen = classesOf(asked);
  if (!chosen.some((emotion) => b.includes(emotion)))
    throw new SatnmfError(
      'no-common-emotion',
      `${target.name} has ${listed(b)}: none of the emotions asked for (${listed(chosen)})`,
      { argument: 'emotions', expected: listed(chosen), actual: listed(b) },
    );
  return chosen;
}

/**
 * The rows whose emotion is one of those named, in their order. Rows without an emotion are left out;
 * a word of {@link EMOTIONS} that no row has selects nothing.
 * @throws {SatnmfError} `unknown-class` for a word that neither the corpus nor the vocabulary has, with a suggestion
 */
export function selectEmotions(corpus: Corpus, emotions: readonly string[]): Corpus {
  const known = classesOf(corpus.emotion);
  for (const emotion of emotions)
    if (!known.includes(emotion) && !EMOTIONS.includes(emotion))
      throw unknownWord(
        emotion,
        [...known, ...EMOTIONS],
        `${corpus.name} has ${listed(known)}, not ${quote(emotion)}`,
        { argument: 'emotions', expected: listed(known) },
        'unknown-class',
      );
  const wanted = new Set<string | null>(emotions);
  const rows: number[] = [];
  corpus.emotion.forEach((emotion, i) => {
    if (emotion !== null && wanted.has(emotion)) rows.push(i);
  });
  return selectCorpusRows(corpus, rows);
}

/**
 * The classes that a source can teach: its emotions in class order.
 * @throws {SatnmfError} `one-class` if there are fewer than two
 */
export function sourceClasses(source: Labelled): string[] {
  const classes = classesOf(source.emotion);
  if (classes.length < 2)
    throw new SatnmfError(
      'one-class',
      `${source.name}: a source needs at least two emotions, this one has ${listed(classes)}`,
      { argument: 'source', expected: 'at least two emotions', actual: listed(classes) },
    );
  return classes;
}

/**
 * The classes that sources teach together: their emotions in class order.
 * @throws {SatnmfError} `one-class` if there are fewer than two
 */
export function classesOfSources(sources: readonly Labelled[]): string[] {
  if (sources.length === 1) return sourceClasses(sources[0]);
  const classes = classesOf(sources.flatMap(({ emotion }) => [...emotion]));
  if (classes.length < 2)
    throw new SatnmfError(
      'one-class',
      `${sources.map(({ name }) => name).join(', ')}: sources need at least two emotions together, these have ${listed(classes)}`,
      { argument: 'source', expected: 'at least two emotions', actual: listed(classes) },
    );
  return classes;
}

/**
 * Class of each row: index into `classes`, −1 where the emotion is not known.
 * @throws {SatnmfError} `unknown-class`, naming the row (from 0), for an emotion that is not in `classes`
 */
export function classIndices(labels: Labels, classes: readonly string[]): Int32Array {
  const index = new Map<string | null, number>(classes.map((emotion, k) => [emotion, k]));
  return Int32Array.from(labels, (label, row) => {
    if (label === null) return -1;
    const k = index.get(label);
    if (k === undefined)
      throw unknownWord(
        label,
        classes,
        `row ${row}: ${quote(label)} is none of ${listed(classes)}`,
        { argument: 'emotion', row },
        'unknown-class',
      );
    return k;
  });
}
