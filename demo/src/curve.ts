/**
 * The objective as it falls, a line a trial.
 *
 * @module
 */
import { element, svg } from './element.js';

const WIDTH = 320;
const HEIGHT = 120;
const LEFT = 6;
const BOTTOM = 18;

export class Curve {
  readonly #lines = svg('g', { class: 'lines' });
  readonly #high = svg('text', { x: LEFT, y: 12 }, '');
  readonly #last = svg('text', { x: WIDTH - LEFT, y: HEIGHT - 4, 'text-anchor': 'end' }, '');
  readonly #title = svg('title', {}, 'Objective, no iteration yet');
  readonly #trials = new Map<number, number[]>();

  constructor(host: HTMLElement) {
    const picture = svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'curve' },
      this.#title,
      svg('path', { class: 'axis', d: `M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - LEFT}` }),
      this.#lines,
      this.#high,
      svg('text', { x: LEFT, y: HEIGHT - 4 }, 'iteration 1'),
      this.#last,
    );
    const words =
      'What the factorisation makes smaller: how badly both corpora are described, how wrong the labels ' +
      'are, and how far the corpora lie apart. A line a trial, as a share of its first value.';
    host.replaceChildren(
      element('figure', {}, picture, element('figcaption', {}, 'Objective. ', element('small', {}, words))),
    );
  }

  clear(): void {
    this.#trials.clear();
    this.draw();
  }

  /** Takes a point; {@link draw} shows it. A trial that begins anew, as in every round, has its line drawn anew. */
  add(trial: number, iteration: number, objective: number): void {
    const values = this.#trials.get(trial) ?? [];
    this.#trials.set(trial, values);
    if (iteration <= values.length) values.length = iteration - 1;
    values[iteration - 1] = objective;
  }

  draw(): void {
    const shares = [...this.#trials.values()].map((values) => values.map((value) => value / values[0]));
    const longest = Math.max(2, ...shares.map(({ length }) => length));
    const least = Math.min(1, ...shares.flat());
    const range = Math.max(1e-9, 1 - least);
    const x = (i: number): string => (LEFT + (i / (longest - 1)) * (WIDTH - 2 * LEFT)).toFixed(1);
    const y = (share: number): string => (18 + ((1 - share) / range) * (HEIGHT - BOTTOM - 30)).toFixed(1);
    this.#lines.replaceChildren(
      ...shares.map((line) =>
        svg('polyline', { points: line.map((share, i) => `${x(i)},${y(share)}`).join(' ') }),
      ),
    );
    const drawn = shares.length > 0;
    const percent = `${(100 * least).toFixed(1)} %`;
    this.#high.textContent = drawn ? '100 %' : '';
    this.#last.textContent = drawn ? `iteration ${longest}: ${percent}` : '';
    this.#title.textContent = drawn
      ? `Objective of ${shares.length} trials: down to ${percent} of the first value after ${longest} iterations`
      : 'Objective, no iteration yet';
  }
}
