/**
 * The figures of a target: what the library's own methods say of it, under each condition of the protocol.
 */
import { type Core, random } from '../../../js/core/index.js';
import { classesOf, type Corpus, selectCorpusRows } from '../../../js/data/index.js';
import { type Pair, score, withoutEmotions } from '../../../js/experiment/index.js';
import type { Method, Weights } from '../../../js/contract/index.js';
import { linear } from '../../../js/methods/linear/index.js';
import { selfTraining } from '../../../js/methods/self-training/index.js';
import { decide, highestColumns } from '../../../js/learn/svm/index.js';
import {
  adapt,
  classifierOf,
  contentOrder,
  ridgeBytes,
  rowProducts,
  scaleTarget,
  suggestRows,
  type TrainedWeights,
  weightedRows,
} from '../../../js/recogniser/index.js';
import { LABELLED, ONE_SPEAKER, UNBALANCED } from './targets.js';

/** What a method said of the rows of a target. */
export interface Said {
  readonly classes: readonly string[];
  readonly truth: readonly string[];
  readonly emotions: readonly string[];
  /** `rows x classes`. */
  readonly probabilities: readonly number[];
  readonly sex: readonly (string | null)[];
}

const rounded = (value: number): number => Math.round(1e4 * value) / 1e4;

export async function say(
  core: Core,
  method: Method,
  learnt: Pick<Pair, 'sources' | 'weights'>,
  target: Corpus,
): Promise<Said> {
  const { sources, weights } = learnt;
  const task = { source: sources, ...(weights && { weights }), target: withoutEmotions(target) };
  const model = await method.fit(task, { core });
  const { emotions, probabilities } = model.classify();
  return {
    classes: model.classes,
    truth: target.emotion as string[],
    emotions,
    probabilities: Array.from(probabilities, rounded),
    sex: target.extra['sex'] ?? emotions.map(() => null),
  };
}

/** UAR of what was said, over the emotions of the truth. */
export function uarOf({ truth, emotions }: Pick<Said, 'truth' | 'emotions'>): number {
  return score(truth, emotions, classesOf([...truth, ...emotions])).uar;
}

export const warOf = ({ truth, emotions }: Pick<Said, 'truth' | 'emotions'>): number =>
  emotions.filter((one, i) => one === truth[i]).length / truth.length;

export const unspoken = (target: Corpus): Corpus => ({ ...target, speaker: target.speaker.map(() => null) });

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * Mean UAR of the other rows when some are labelled: random ones in draws, or those that `suggest` names. As
 * `selfTraining` does it, but for inner products that all draws share.
 */
export async function labelled(
  core: Core,
  given: Weights,
  target: Corpus,
  sizes: readonly number[],
  how: 'random' | 'suggested',
): Promise<number[]> {
  const { linear, pool, classes } = (given as TrainedWeights).parts;
  const { features, speaker, emotion } = target;
  const n = features.rows;
  const order = contentOrder(
    features,
    speaker.map((one) => one ?? ''),
  );
  const { rows: z } = scaleTarget(target, pool, order);
  const svm = classifierOf(linear);
  const rows = weightedRows([z], linear.featureWeights);
  const suggested =
    how === 'suggested' ? await suggestRows(core, given, withoutEmotions(target), Math.max(...sizes)) : [];
  return core.exclusive(async () => {
    core.reserve(ridgeBytes(n, features.cols, classes.length), 'This protocol');
    const products = rowProducts(core, rows, order, linear.scale);
    const decided = { rows, first: decide(svm, z.data).margins, order, products };
    return sizes.map((size) => {
      const draws = how === 'random' ? LABELLED.draws : 1;
      const uars = Array.from({ length: draws }, (_, draw) => {
        const all = Int32Array.from({ length: n }, (_, i) => i);
        if (how === 'random') core.scoped(() => random(core, draw + 1, 5).shuffle(all));
        const shown = new Set(how === 'random' ? all.subarray(0, size) : suggested.slice(0, size));
        const known = Int32Array.from(emotion, (one, i) =>
          shown.has(i) ? classes.indexOf(one as string) : -1,
        );
        const steps = adapt(core, linear, decided, known);
        let step = steps.next();
        while (step.done !== true) step = steps.next();
        const { decisions } = step.value;
        const rest = [...all].filter((i) => !shown.has(i));
        const best = highestColumns(decisions, n, classes.length);
        return uarOf({
          truth: rest.map((i) => emotion[i] as string),
          emotions: rest.map((i) => classes[best[i]]),
        });
      });
      return mean(uars);
    });
  });
}

/** Adapted and trained UAR and WAR where one emotion outweighs the others; means over draws. */
export async function unbalanced(
  core: Core,
  weights: Weights,
  target: Corpus,
  most: string,
): Promise<number[]> {
  const sums = [0, 0, 0, 0];
  for (let draw = 0; draw < UNBALANCED.draws; draw++) {
    const rows: number[] = [];
    core.scoped(() => {
      const draws = random(core, draw + 1, 6);
      for (const emotion of classesOf(target.emotion)) {
        const own = Int32Array.from([...target.emotion.keys()].filter((i) => target.emotion[i] === emotion));
        draws.shuffle(own);
        const kept = emotion === most ? own.length : Math.max(1, Math.round(UNBALANCED.share * own.length));
        rows.push(...own.subarray(0, kept));
      }
    });
    const some = selectCorpusRows(
      target,
      rows.sort((a, b) => a - b),
    );
    const [trained, adapted] = [
      await say(core, linear(), { sources: [], weights }, some),
      await say(core, selfTraining(), { sources: [], weights }, some),
    ];
    [uarOf(trained), uarOf(adapted), warOf(trained), warOf(adapted)].forEach(
      (value, i) => (sums[i] += value),
    );
  }
  return sums.map((sum) => sum / UNBALANCED.draws);
}

/** UAR over all speakers when `size` recordings of one of them are all there is. */
export async function oneSpeaker(
  core: Core,
  weights: Weights,
  target: Corpus,
  size: number,
): Promise<number> {
  const said: { truth: string[]; emotions: string[] } = { truth: [], emotions: [] };
  for (const [index, speaker] of classesOf(target.speaker).entries()) {
    const own = Int32Array.from([...target.speaker.keys()].filter((i) => target.speaker[i] === speaker));
    if (own.length < size) continue;
    for (let draw = 0; draw < ONE_SPEAKER.draws; draw++) {
      core.scoped(() => random(core, draw + 1, 7 + 16 * index).shuffle(own));
      const some = selectCorpusRows(
        target,
        [...own.subarray(0, size)].sort((a, b) => a - b),
      );
      const { truth, emotions } = await say(core, selfTraining(), { sources: [], weights }, some);
      said.truth.push(...truth);
      said.emotions.push(...emotions);
    }
  }
  return said.truth.length === 0 ? NaN : uarOf(said);
}
