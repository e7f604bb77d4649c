/**
 * What a fit chose and why, in plain words.
 *
 * @module
 */
import type { Corpus } from '../../data/index.js';
import {
  AMPLE_SPEAKER_ROWS,
  applyNormalizer,
  chooseNormalization,
  groupSpeakers,
  LEAST_SPEAKER_ROWS,
  type NormalizeChoice,
  rowsOfGroups,
  SMALL_TARGET_ROWS,
} from '../../data/scaling/index.js';
import { decide, predictClasses } from '../svm/index.js';
import { type Model, sourcesOf, type Task } from '../../contract/index.js';
import { adaptedModel } from './model.js';

/** Answers below this are better listened to (ours). */
const DOUBTFUL = 0.5;

const percent = (part: number): string => `${Math.round(100 * part)} %`;
const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

/**
 * What was chosen for a task, and why: scaling, weights, vote, and how sure the answers are. One sentence or two an
 * entry.
 *
 * @param task what the model was fitted to
 * @throws {SatnmfError} `bad-argument` for a model that this copy of the package did not make
 */
export function explain(task: Task, model: Model): string[] {
  const { target } = task;
  const sources = sourcesOf(task);
  const { parts } = adaptedModel(model);
  if (parts.explanation.length > 0) return [...parts.explanation];
  const rows = target.features.rows;
  const told = [
    `Learnt from ${sources.map(({ name, features }) => `${count(features.rows, 'recording')} of ${name}`).join(', ')} in ${parts.classes.length} emotions: ${parts.classes.join(', ')}.`,
    scaling(sources, target, parts.options['normalize'] as NormalizeChoice),
  ];
  const { trials, method } = parts;
  if (trials.length === 0)
    return [
      ...told,
      method === 'svm' || rows < SMALL_TARGET_ROWS
        ? 'The answers are those of a linear SVM on the features; nothing was adapted.'
        : `The answers are those of one linear classifier on the features, fitted by ${method}.`,
    ];
  const scaled = applyNormalizer(parts.normalizer, target.features, target.speaker);
  const base = predictClasses(decide(parts.base, scaled.data));
  const { emotions, confidence } = model.classify();
  const same = emotions.filter((emotion, i) => emotion === parts.classes[base[i]]).length / rows;
  const doubtful = confidence.filter((one) => one < DOUBTFUL).length;
  return [
    ...told,
    ...(trials[0].coder.kind === 'dictionary'
      ? [weights(method, parts.options), vote(trials.length, parts.vote, parts.options)]
      : [`The answers are those of a linear SVM on the codes that ${method} learnt from both corpora.`]),
    `A linear SVM without adaptation says the same of ${percent(same)} of the target.`,
    doubtful === 0
      ? `No answer has a confidence below ${DOUBTFUL}.`
      : `${count(doubtful, 'answer')} of ${rows} ${doubtful === 1 ? 'has' : 'have'} a confidence below ${DOUBTFUL}: listen to ${doubtful === 1 ? 'it' : 'those'}.`,
  ];
}

function scaling(sources: readonly Corpus[], target: Task['target'], choice: NormalizeChoice): string {
  if (choice === 'none') return 'Features are not scaled, as asked for.';
  if (target.features.rows < SMALL_TARGET_ROWS)
    return `Features are scaled by the ranges of what was learnt from: ${count(target.features.rows, 'recording')} are too few to have ranges of their own (at least ${SMALL_TARGET_ROWS}).`;
  if (choice !== 'auto') return `Features are scaled by "${choice}".`;
  if (chooseNormalization(sources, target) === 'speaker-z-clip')
    return (
      'Features are scaled speaker by speaker (three deviations about the mean to [0, 1]): all corpora name their ' +
      'speakers, with recordings enough of each to tell the voice from the emotion.'
    );
  const [why] = [...sources, target].flatMap(shortage);
  return `Features are scaled corpus by corpus (three deviations about the mean to [0, 1]), not by speaker: ${why}.`;
}

/** Why a corpus cannot be scaled by speaker; nothing if it can. */
function shortage({ name, speaker }: Pick<Corpus, 'name' | 'speaker'>): string[] {
  const unknown = speaker.filter((one) => one === null).length;
  if (unknown === speaker.length) return [`${name} names no speakers`];
  if (unknown > 0) return [`${name} does not say who speaks in ${count(unknown, 'recording')}`];
  const sizes = rowsOfGroups(groupSpeakers(speaker, 1))
    .slice(1)
    .map((rows) => rows.length)
    .sort((a, b) => a - b);
  if (sizes[0] < LEAST_SPEAKER_ROWS)
    return [`a speaker of ${name} has ${count(sizes[0], 'recording')}, fewer than ${LEAST_SPEAKER_ROWS}`];
  const middle = sizes[sizes.length >> 1];
  if (middle < AMPLE_SPEAKER_ROWS)
    return [
      `half the speakers of ${name} have ${count(middle, 'recording')} or fewer, not ${AMPLE_SPEAKER_ROWS}`,
    ];
  return [];
}

function weights(method: string, options: Readonly<Record<string, unknown>>): string {
  const named = ['r', 'alpha', 'beta', 'lambda', 'gamma']
    .filter((name) => typeof options[name] === 'number')
    .map((name) => `${name} = ${String(options[name])}`);
  if (named.length === 0) return `Method: ${method}.`;
  return `Method: ${method} with ${named.join(', ')}. They were not chosen from the corpora: where that was tried, nothing that can be seen without labels chose better ones.`;
}

function vote(trials: number, how: string, { fusion, rounds }: Readonly<Record<string, unknown>>): string {
  const decided =
    how === 'margin'
      ? 'the highest mean decision value decides'
      : 'the emotion that most of them name decides';
  const beside =
    typeof fusion === 'number' && fusion > 0
      ? `; a linear SVM on the features has ${fusion} times their weight beside them, and more where they change over a fifth of its answers`
      : '';
  const again =
    typeof rounds === 'number' && rounds > 1
      ? ` ${rounds} rounds, each of which takes the answers of the one before as pseudo labels.`
      : '';
  return `${count(trials, 'random start')} of the factorisation: ${decided}${beside}.${again}`;
}
