/**
 * What came of it: a summary, counts, confusion matrices, the map.
 *
 * @module
 */
import type { Adaptation } from '../../js/experiment/maps/index.js';
import { counted } from '../../js/data/index.js';
import { confusionMatrix, percent } from './confusion.js';
import { classCounts } from './counts.js';
import { Curve } from './curve.js';
import { byId, element } from './element.js';
import type { FitResult } from './protocol.js';
import { countsOf } from './recordings.js';
import { corpusMap } from './scatter.js';

export class Results {
  readonly curve = new Curve(byId('curve'));
  readonly #summary = byId('summary');
  readonly #warnings = byId('warnings');
  readonly #explanation = byId('explanation');
  readonly #counts = byId('counts');
  readonly #confusions = byId('confusions');
  readonly #map = byId('map');
  readonly #actions = byId('result-actions');

  /** There are recordings, and nothing is known of them yet. */
  clear(): void {
    for (const host of [
      this.#summary,
      this.#warnings,
      this.#explanation,
      this.#counts,
      this.#confusions,
      this.#map,
    ])
      host.replaceChildren();
    for (const id of ['explanation', 'counts', 'confusions', 'map']) byId(`${id}-section`).hidden = true;
    this.#actions.hidden = true;
    byId('curve').hidden = true;
  }

  fitting(): void {
    this.clear();
    this.curve.clear();
    byId('curve').hidden = false;
  }

  show(result: FitResult): void {
    const { classes, satnmf, svm, scores, warnings, explanation } = result;
    this.#actions.hidden = false;
    this.#offerModel(true);
    this.#summary.textContent = summaryOf(result);
    this.#warnings.replaceChildren(...warnings.map((warning) => element('li', {}, warning)));
    if (explanation.length > 0)
      this.#fill('explanation', [
        element('ul', {}, ...explanation.map((sentence) => element('li', {}, sentence))),
      ]);
    this.#fill('counts', [
      classCounts('SATNMF', classes, satnmf.emotions),
      ...(svm === null ? [] : [classCounts('SVM', classes, svm.emotions)]),
    ]);
    if (scores !== null)
      this.#fill('confusions', [
        confusionMatrix('SATNMF', classes, scores.satnmf),
        ...(scores.svm === null ? [] : [confusionMatrix('SVM', classes, scores.svm)]),
      ]);
  }

  /** The model of these results is gone, with the worker that held it. */
  modelLost(): void {
    this.#offerModel(false);
  }

  #offerModel(there: boolean): void {
    for (const id of ['save-model', 'save-compact']) byId(id).hidden = !there;
  }

  showMap(map: Adaptation): void {
    this.#fill('map', [corpusMap(map)]);
  }

  noMap(sentence: string): void {
    this.#fill('map', [element('p', {}, sentence)]);
  }

  #fill(id: 'explanation' | 'counts' | 'confusions' | 'map', content: readonly Node[]): void {
    byId(id).replaceChildren(...content);
    byId(`${id}-section`).hidden = false;
  }
}

function summaryOf({ classes, satnmf, svm, scores, seconds }: FitResult): string {
  const { emotions } = satnmf;
  const [[most, count]] = countsOf(emotions);
  const parts = [`Most often heard: ${most}, in ${count} of ${counted(emotions.length, 'recording')}.`];
  if (scores !== null) {
    const chance = percent(1 / scores.satnmf.recalls.filter((recall) => recall !== null).length);
    const beside = scores.svm === null ? '' : `, the SVM ${percent(scores.svm.uar)}`;
    parts.push(
      `Held against the labels of ${counted(scores.known, 'recording')}, SATNMF recognises ` +
        `${percent(scores.satnmf.uar)} of each emotion on average${beside}; guessing would reach ${chance}.`,
    );
  } else if (svm !== null) {
    const agreed = emotions.filter((emotion, i) => emotion === svm.emotions[i]).length;
    parts.push(`The plain SVM says the same of ${agreed}.`);
  }
  parts.push(`${classes.length} emotions were told apart, in ${seconds.toFixed(1)} s.`);
  return parts.join(' ');
}
