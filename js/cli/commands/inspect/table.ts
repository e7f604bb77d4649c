/**
 * What is in a table, and what will be trouble.
 *
 * @module
 */
import { classesOf, type Corpus, counted, didYouMean, EMOTIONS, quote } from '../../../data/index.js';
import { MIN_SPEAKER_ROWS, SMALL_TARGET_ROWS } from '../../../data/scaling/index.js';
import { SatnmfError } from '../../../errors.js';
import { type Reader, readInput } from '../../input/inputs.js';
import type { Screen } from '../../screen/screen.js';
import { markdownTable, right } from '../../../experiment/report/index.js';

/** How often each word occurs, words ascending by code unit; nulls do not count. */
function occurrences(words: readonly (string | null)[]): [word: string, count: number][] {
  const found = new Map<string, number>(classesOf(words).map((word) => [word, 0]));
  for (const word of words) if (word !== null) found.set(word, (found.get(word) as number) + 1);
  return [...found];
}

/**
 * Smallest and largest value of all features; features that are below 0 somewhere, and those that are the same
 * everywhere.
 */
function ranges({ rows, cols, data }: Corpus['features']) {
  let [lowest, highest, negativeFeatures, constantFeatures] = [Infinity, -Infinity, 0, 0];
  for (let j = 0; j < cols; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < rows; i++) {
      low = Math.min(low, data[i * cols + j]);
      high = Math.max(high, data[i * cols + j]);
    }
    if (low < 0) negativeFeatures++;
    if (low === high) constantFeatures++;
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high);
  }
  return { lowest, highest, negativeFeatures, constantFeatures };
}

/** What will be refused, or will not do what was hoped for. */
function* problemsOf(table: Corpus, constantFeatures: number): Generator<string> {
  const { rows, cols } = table.features;
  if (rows < SMALL_TARGET_ROWS)
    yield `${counted(rows, 'row')}: as a target, fewer than ${SMALL_TARGET_ROWS} are normalised by the source's ranges`;
  const emotions = classesOf(table.emotion);
  if (emotions.length === 0) yield 'no emotions: it can be a target, not a source';
  if (emotions.length === 1) yield `one emotion, ${quote(emotions[0])}: a source needs at least two`;
  for (const emotion of emotions)
    if (!EMOTIONS.includes(emotion))
      yield (
        `${quote(emotion)} is none of the usual words (${EMOTIONS.join(', ')}); another table must spell it alike.` +
        didYouMean(emotion, EMOTIONS)
      );
  const speakers = occurrences(table.speaker);
  const small = speakers.filter(([, count]) => count < MIN_SPEAKER_ROWS).length;
  if (speakers.length === 0) yield 'no speakers: it cannot be normalised by speaker';
  if (small > 0)
    yield `${counted(small, 'speaker')} with fewer than ${MIN_SPEAKER_ROWS} rows: normalised with the whole corpus`;
  const twice = occurrences(table.file).filter(([, count]) => count > 1);
  if (twice.length > 0)
    yield `${counted(twice.length, 'file name')} more than once, such as ${quote(twice[0][0])}`;
  if (constantFeatures > 0 && rows > 1)
    yield `${constantFeatures} of ${counted(cols, 'feature')} the same in every row`;
}

/** A table although it has missing values, and what was said about them. */
async function readAnyway(file: string, asked: Reader): Promise<{ table: Corpus; problems: string[] }> {
  const problems: string[] = [];
  const screen = { ...asked.screen, warn: (sentence: string) => void problems.push(sentence) };
  const reader = { ...asked, screen };
  try {
    return { table: await readInput(reader, file), problems };
  } catch (error) {
    if (!(error instanceof SatnmfError) || error.code !== 'not-finite') throw error;
    problems.push(`${error.message}; --missing median would replace it`);
    const options = { ...asked.options, missing: 'median' as const };
    return { table: await readInput({ ...reader, options }, file), problems };
  }
}

/** Looks at the table in `file`, or at that of recordings. Missing values are told, not refused. */
export async function inspectTable(file: string, reader: Reader) {
  const { table, problems } = await readAnyway(file, reader);
  const { rows, cols } = table.features;
  const found = ranges(table.features);
  return {
    kind: 'table' as const,
    file,
    name: table.name,
    rows,
    features: cols,
    /** Names of the first and the last feature. */
    first: table.columns[0],
    last: table.columns[cols - 1],
    /** Rows of each emotion, in class order, and rows without one. */
    emotions: Object.fromEntries(occurrences(table.emotion)),
    unlabelled: table.emotion.filter((emotion) => emotion === null).length,
    /** Rows of each speaker, in the order of their names. */
    speakers: Object.fromEntries(occurrences(table.speaker)),
    ...found,
    problems: [...problems, ...problemsOf(table, found.constantFeatures)],
  };
}

/** Prints what was found for people. */
export function printTable(screen: Screen, found: Awaited<ReturnType<typeof inspectTable>>): void {
  const { file, rows, features, emotions, unlabelled, speakers, problems } = found;
  screen.print(
    `${file}: ${counted(rows, 'row')}, ${counted(features, 'feature')} (${found.first} … ${found.last})\n`,
  );
  const none = unlabelled > 0 ? [['(none)', String(unlabelled)]] : [];
  const lines = (list: Readonly<Record<string, number>>): string[][] =>
    Object.entries(list).map(([name, count]) => [name, String(count)]);
  const columns = (head: string) => [{ head }, right('rows')];
  screen.print(markdownTable(columns('emotion'), [...lines(emotions), ...none]));
  if (Object.keys(speakers).length > 0)
    screen.print(`\n${markdownTable(columns('speaker'), lines(speakers))}`);
  screen.print(
    `\nValues from ${found.lowest.toPrecision(4)} to ${found.highest.toPrecision(4)}; ` +
      `${counted(found.negativeFeatures, 'feature')} with values below 0, ${found.constantFeatures} constant.`,
  );
  screen.print(
    problems.length === 0 ? '\nNo problems.' : `\nProblems:\n${problems.map((one) => `- ${one}`).join('\n')}`,
  );
}
