import { describe, expect, it } from 'vitest';
import { classesOf } from '../../../js/data/emotions.js';
import { corpusByName } from '../../../js/entries/corpora.js';
import { schemeByName, SCHEMES } from '../../../js/experiment/schemes.js';

describe('schemes', () => {
  it('of Table 2 have the emotions that their corpora share', () => {
    expect(SCHEMES.map(({ name }) => name)).toEqual(['e2E', 'E2B', 'B2C', 'C2e']);
    const emotionsOf = (name: string): string[] => Object.values(corpusByName(name).emotions);
    for (const { source, target, emotions } of SCHEMES) {
      const theirs = emotionsOf(target);
      expect(classesOf(emotionsOf(source).filter((emotion) => theirs.includes(emotion)))).toEqual(emotions);
    }
    expect(SCHEMES.map(({ emotions }) => emotions.length)).toEqual([3, 4, 5, 5]);
  });

  it('are found by name; a misspelt one gets a suggestion', () => {
    expect(schemeByName('B2C')).toBe(SCHEMES[2]);
    expect(() => schemeByName('B2c')).toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining('Did you mean "B2C"?'),
      }),
    );
  });
});
