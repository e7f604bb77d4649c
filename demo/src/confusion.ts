/**
 * What was said of each true emotion.
 *
 * @module
 */
import type { Score } from '../../js/experiment/index.js';
import { element, look } from './element.js';

export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** Rows are true emotions, columns what was said; shade and number are the share of the row. */
export function confusionMatrix(
  method: string,
  classes: readonly string[],
  { confusion, uar, war }: Score,
): HTMLElement {
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col', class: 'corner' }, element('span', {}, 'true \\ said')),
    ...classes.map((emotion) => element('th', { scope: 'col' }, element('span', {}, emotion))),
  );
  const lines = classes.map((emotion, i) => {
    const total = confusion[i].reduce((sum, count) => sum + count, 0);
    const cells = confusion[i].map((count, j) => {
      const share = total === 0 ? 0 : count / total;
      const words = `${count} of ${total}`;
      return look(
        element(
          'td',
          { class: i === j ? 'right cell' : 'cell', title: words },
          total === 0 ? '' : (100 * share).toFixed(0),
        ),
        { '--share': share },
      );
    });
    return element('tr', {}, element('th', { scope: 'row' }, emotion), ...cells);
  });
  const caption = `${method}: UAR ${percent(uar)}, WAR ${percent(war)}`;
  return element(
    'div',
    { class: 'wide', role: 'region', tabindex: 0, 'aria-label': `Confusion matrix of ${method}` },
    element(
      'table',
      { class: 'confusion' },
      element('caption', {}, caption),
      element('thead', {}, head),
      element('tbody', {}, ...lines),
    ),
  );
}
