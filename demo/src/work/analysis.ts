/**
 * SATNMF beside the SVM on one target, and the map of both corpora.
 *
 * @module
 */
import {
  type Corpus,
  linearSvm,
  type Model,
  type Progress,
  satnmf,
  selectEmotions,
  type Workers,
} from 'satnmf';
import type { Core } from '../../../js/core/index.js';
import { SMALL_TARGET_ROWS } from '../../../js/data/scaling/index.js';
import { adaptationWithin } from '../../../js/experiment/maps/index.js';
import { score, withoutEmotions } from '../../../js/experiment/index.js';
import { explain } from '../../../js/learn/model/index.js';
import type { NmfOptions } from '../../../js/learn/nmf/index.js';
import { shareWork } from '../../../js/learn/fit/index.js';
import type { FitEvent, FitResult, Said } from '../protocol.js';
import { watched } from './watched.js';

export interface Analysis {
  readonly source: Corpus;
  /** Its emotions are for scores only: no method sees them. */
  readonly target: Corpus;
  readonly emotions: readonly string[] | null;
  readonly options: Partial<NmfOptions>;
}

export interface Running {
  readonly core: Core;
  readonly pool: Workers;
  readonly signal: AbortSignal;
  tell(event: FitEvent): void;
  /** Hears the model of SATNMF as soon as it is there. */
  keep(model: Model): void;
}

/** Parts of a fit that the bar gives to what is done before the trials. */
const PARTS: Readonly<Record<string, number>> = { 'base svm': 0, graph: 0.1, factorize: 0.15 };

/** The part of a fit that is done; trials end sooner than after all their iterations, so the bar may jump. */
export function shareOf({ phase, trial, trials, iteration, iterations }: Progress, threads: number): number {
  const before = PARTS[phase] ?? 0;
  if (phase !== 'factorize') return before;
  const running = Math.min(threads, trials - trial);
  return Math.min(1, before + ((1 - before) * (trial + (running * iteration) / iterations)) / trials);
}

const saidBy = (model: Model): Said => {
  const { emotions, confidence, shares } = model.classify();
  return { emotions, confidence, shares };
};

/** Labels that a model of these classes could be right about. */
const knownOf = (truth: Corpus['emotion'], classes: readonly string[]): (string | null)[] =>
  truth.map((emotion) => (emotion !== null && classes.includes(emotion) ? emotion : null));

/** What was said against what is known of the target; null where nothing is. */
export function scoresOf(
  truth: Corpus['emotion'],
  classes: readonly string[],
  said: { readonly satnmf: Said; readonly svm: Said | null },
): FitResult['scores'] {
  const labels = knownOf(truth, classes);
  const known = labels.reduce((count, label) => count + (label === null ? 0 : 1), 0);
  if (known === 0) return null;
  return {
    satnmf: score(labels, said.satnmf.emotions, classes),
    svm: said.svm === null ? null : score(labels, said.svm.emotions, classes),
    known,
  };
}

/**
 * Fits both, tells the result, then the map. Both share all that they have in common; the map takes one more trial.
 *
 * @throws {SatnmfError} as `fit` and `selectEmotions` do; the signal's reason
 */
export function analyse(
  { source: all, target, emotions, options }: Analysis,
  { core, pool, signal, tell, keep }: Running,
): Promise<void> {
  const source = selectEmotions(all, emotions ?? [...new Set(all.emotion.filter((one) => one !== null))]);
  const task = { source, target: withoutEmotions(target) };
  const method = satnmf(options);
  const { preset, normalize, svm, bias, seed, baseC } = method.options;
  const svmMethod = linearSvm({ preset, normalize, svm, bias, seed, C: baseC });
  return shareWork(core, async (shared) => {
    const began = performance.now();
    tell({ type: 'phase', phase: 'base svm', share: 0 });
    const how = { core, shared, signal };
    const svmSaid = saidBy(await svmMethod.fit(task, how));
    const onProgress = (progress: Progress): void =>
      tell({ type: 'phase', phase: progress.phase, share: shareOf(progress, pool.count) });
    const workers = watched(pool, (report) => tell({ type: 'objective', ...report }));
    const model = await method.fit(task, { ...how, workers, onProgress });
    keep(model);
    const said = saidBy(model);
    tell({
      type: 'result',
      result: {
        classes: model.classes,
        satnmf: said,
        svm: svmSaid,
        scores: scoresOf(target.emotion, model.classes, { satnmf: said, svm: svmSaid }),
        voters: Math.max(1, model.iterations.length),
        warnings: model.warnings,
        explanation: explain(task, model),
        seconds: (performance.now() - began) / 1000,
      },
    });
    if (target.features.rows < SMALL_TARGET_ROWS) {
      const sentence = `A map needs ${SMALL_TARGET_ROWS} recordings or more: with fewer, nothing is adapted.`;
      tell({ type: 'no-map', sentence });
      return;
    }
    tell({ type: 'phase', phase: 'map', share: 1 });
    const known = knownOf(target.emotion, model.classes);
    const emotion = known.map((label, i) => label ?? said.emotions[i]);
    const pair = { sources: [source], target: { ...target, emotion }, classes: model.classes };
    tell({ type: 'map', map: await adaptationWithin(shared, method, pair, how) });
  });
}
