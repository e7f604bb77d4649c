/**
 * Questions of the protocol as tasks: the rows of each part, and the truth, which no fit sees.
 */
import { classesOf, type Corpus, selectCorpusRows } from '../../js/data/index.js';
import { pairOf } from '../../js/experiment/index.js';
import type { Task } from '../../js/contract/index.js';
import { sharedTable } from '../data.js';
import { isAbsent } from '../harness.js';
import type { CorpusName, Part, Question } from './protocol.js';

export interface AskedTask {
  readonly task: Task & { readonly source: Corpus };
  /** Emotion of each row of the target. */
  readonly truth: readonly string[];
  /** In class order. */
  readonly classes: readonly string[];
}

const tables = new Map<CorpusName, Corpus>();

/** @throws if the tables are not there */
async function table(name: CorpusName): Promise<Corpus> {
  const kept = tables.get(name);
  if (kept !== undefined) return kept;
  const read = await sharedTable(name);
  if (isAbsent(read)) throw new Error(read.absent);
  tables.set(name, read);
  return read;
}

/** Rows of a corpus whose speakers are in the part. */
function rowsOf(corpus: Corpus, part: Part): Corpus {
  if (part === 'all') return corpus;
  const speakers = classesOf(corpus.speaker);
  const inside = (row: number): boolean => {
    const { [row]: speaker } = corpus.speaker;
    if (speaker === null) return false;
    if (part === 'odd' || part === 'even') return (speakers.indexOf(speaker) % 2 === 0) === (part === 'odd');
    return corpus.extra['sex'][row] === (part === 'women' ? 'f' : 'm');
  };
  return selectCorpusRows(corpus, [...corpus.file.keys()].filter(inside));
}

/** The rows of a target as a fit gets them: without emotions. */
export function unlabelled({ name, features, columns, file, speaker }: Corpus): Task['target'] {
  return { name, features, columns, file, speaker };
}

export async function taskOf({ source, target }: Question): Promise<AskedTask> {
  const [from, to] = [
    rowsOf(await table(source.corpus), source.part),
    rowsOf(await table(target.corpus), target.part),
  ];
  const pair = pairOf(from, to);
  return {
    task: { source: pair.sources[0], target: unlabelled(pair.target) },
    truth: pair.target.emotion as string[],
    classes: pair.classes,
  };
}
