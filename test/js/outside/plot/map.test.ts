import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import type { Adaptation } from '../../../../js/experiment/maps/adaptation.js';
import { svgOf } from '../../../../js/outside/plot/figure.js';
import { mapFigure } from '../../../../js/outside/plot/map.js';

const newDocument = () => parseHTML('<html></html>').document;

/** Three utterances of a corpus on the left and two of another on the right; afterwards all in one place but one. */
const MAP: Adaptation = {
  method: 'satnmf',
  source: 'one',
  target: 'two',
  sourceRows: 3,
  emotions: ['anger', 'fear', 'anger', 'fear', null],
  classes: ['anger', 'fear'],
  before: { x: Float64Array.of(-5, -4, -3, 4, 8), y: Float64Array.of(0, 1, 2, 3, 4), shares: [0.5, 0.25] },
  after: { x: Float64Array.of(0, 0, 0, 0, 1), y: Float64Array.of(0, 0, 0, 0, 1), shares: [0.9, 0.1] },
};

/** Rows as they are drawn: the corpora in turns, so that neither lies over the other. */
const TURNS = [0, 3, 1, 4, 2];

/** Dots of each panel with their fill and place, in the order of the rows; the last has no emotion. */
function panels() {
  const { document } = parseHTML(svgOf(mapFigure(newDocument(), MAP, 'map')));
  return [...document.querySelectorAll('g[aria-label="dot"]')].slice(1).map((group) => {
    const dots = [...group.querySelectorAll('path, circle')].map((dot) => {
      const [, x, y] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(dot.getAttribute('transform') ?? '') ?? [];
      return {
        fill: dot.getAttribute('fill'),
        shape: dot.getAttribute('d'),
        x: Number(x ?? dot.getAttribute('cx')),
        y: Number(y ?? dot.getAttribute('cy')),
      };
    });
    const drawn = TURNS.filter((row) => row < dots.length);
    return dots.map((_, row) => dots[drawn.indexOf(row)]);
  });
}

it('has a panel before and after by corpus, and one by emotion without rows whose emotion is not known', () => {
  expect(panels().map((dots) => dots.length)).toEqual([5, 5, 4, 4]);
});

it('puts every row where its components say: the first to the right, the second upwards', () => {
  const [before, after] = panels();
  const [xs, ys] = [before.map(({ x }) => x), before.map(({ y }) => y)];
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
  expect(ys).toEqual([...ys].sort((a, b) => b - a));
  expect((xs[3] - xs[2]) / (xs[1] - xs[0])).toBeCloseTo(7, 1);
  expect(new Set(after.slice(0, 4).map(({ x, y }) => `${x} ${y}`)).size).toBe(1);
});

it('tells corpora apart by shape everywhere, by colour where it is by corpus, and emotions by colour', () => {
  const [byCorpus, , byEmotion] = panels();
  const distinct = (values: readonly unknown[]) => new Set(values).size;
  expect(distinct(byCorpus.slice(0, 3).map(({ fill }) => fill))).toBe(1);
  expect(byCorpus[0].fill).not.toBe(byCorpus[4].fill);
  expect(byEmotion[0].fill).toBe(byEmotion[2].fill);
  expect(byEmotion[1].fill).toBe(byEmotion[3].fill);
  expect(byEmotion[0].fill).not.toBe(byEmotion[1].fill);
  for (const dots of [byCorpus, byEmotion]) {
    expect(distinct(dots.slice(0, 3).map(({ shape }) => shape))).toBe(1);
    expect(dots[0].shape).not.toBe(dots[3].shape);
  }
});

it('says in words what it shows', () => {
  const { description, content } = mapFigure(newDocument(), MAP, 'map');
  expect(description).toContain('3 utterances of one and 2 of two');
  expect(description).toContain('75 % of the variance of the scaled features and 100 % of that of the codes');
  for (const label of ['one (source)', 'two (target)', 'anger', 'fear', 'component 1 (50 %)'])
    expect(content).toContain(label);
});
