import { describe, expect, it } from 'vitest';
import { corpusByName } from '../../../js/entries/corpora.js';
import { checkScheme, commonEmotionsOf, SCHEMES } from '../../../js/experiment/schemes.js';

describe('schemes', () => {
  it('of Table 2 have the emotions that their corpora share', () => {
    expect(SCHEMES.map(({ name }) => name)).toEqual(['e2E', 'E2B', 'B2C', 'C2e']);
    for (const { source, target, emotions } of SCHEMES) {
      expect(commonEmotionsOf(source, target)).toEqual(emotions);
      expect(corpusByName(source).name).toBe(source);
    }
    expect(SCHEMES.map(({ emotions }) => emotions.length)).toEqual([3, 4, 5, 5]);
  });

  it('are found by name, and written out with their emotions in class order', () => {
    expect(checkScheme('B2C')).toEqual(SCHEMES[2]);
    const own = { name: 'mine', source: 'emodb', target: 'emovo', emotions: ['sadness', 'anger', 'anger'] };
    expect(checkScheme(own)).toEqual({ ...own, emotions: ['anger', 'sadness'] });
    const open = { name: 'open', source: 'emodb', target: 'urdu' };
    expect(checkScheme(open).emotions).toEqual(['anger', 'happiness', 'neutral', 'sadness']);
  });

  it('may name corpora of a plan', () => {
    const scheme = { name: 's', source: 'calls', target: 'emodb', emotions: ['anger', 'calm'] };
    expect(() => checkScheme(scheme, { corpora: ['calls', 'emodb'] })).toThrow(/emodb has no calm/);
    const good = { ...scheme, emotions: ['neutral', 'anger'] };
    expect(checkScheme(good, { corpora: ['calls', 'emodb'] }).emotions).toEqual(['anger', 'neutral']);
    const open = { name: 's', source: 'calls', target: 'emodb' };
    expect(() => checkScheme(open, { corpora: ['calls', 'emodb'] })).toThrow(/must be a list of emotions/);
  });

  const good = { name: 's', source: 'emodb', target: 'casia', emotions: ['anger', 'fear'] };
  it.each([
    ['B2c', 'bad-argument', 'Did you mean "B2C"?'],
    [7, 'bad-argument', 'a name or an object'],
    [null, 'bad-argument', 'a name or an object'],
    [[], 'bad-argument', 'a name or an object'],
    [{ ...good, name: '' }, 'bad-argument', '"plan.schemes.name" must be a word'],
    [{ ...good, source: 'emo_db' }, 'bad-argument', 'Did you mean "emodb"?'],
    [{ ...good, target: 'emodb' }, 'bad-argument', 'another corpus than the source'],
    [{ ...good, emotion: ['anger'] }, 'bad-argument', 'Did you mean "emotions"?'],
    [{ ...good, emotions: 'anger' }, 'bad-argument', 'must be a list of emotions'],
    [{ ...good, emotions: ['anger', 'angst'] }, 'unknown-class', '"angst" is none of'],
    [{ ...good, emotions: ['anger', 'boredom'] }, 'unknown-class', 'casia has no boredom'],
    [{ ...good, emotions: ['anger', 'anger'] }, 'one-class', 'at least two emotions, got anger'],
    [{ ...good, emotions: [] }, 'one-class', 'got none'],
  ])('%j is refused', (value, code, sentence) => {
    expect(() => checkScheme(value, { argument: 'plan.schemes' })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(sentence) }),
    );
  });
});
