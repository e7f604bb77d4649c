/**
 * How many recordings were given each emotion, as bars.
 *
 * @module
 */
import { counted } from '../../js/data/index.js';
import { element, look } from './element.js';
import { colourOf } from './palette.js';

/** @param said one emotion a recording */
export function classCounts(
  heading: string,
  classes: readonly string[],
  said: readonly string[],
): HTMLElement {
  const rows = classes.map((emotion) => {
    const count = said.filter((one) => one === emotion).length;
    const share = said.length === 0 ? 0 : count / said.length;
    const bar = look(element('span', { class: 'bar', 'aria-hidden': 'true' }), {
      '--share': share,
      '--hue': colourOf(emotion),
    });
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, emotion),
      element('td', { class: 'bars' }, bar),
      element('td', { class: 'figure' }, String(count)),
    );
  });
  return element(
    'table',
    { class: 'counts' },
    element('caption', {}, `${heading}: ${counted(said.length, 'recording')}`),
    element('tbody', {}, ...rows),
  );
}
