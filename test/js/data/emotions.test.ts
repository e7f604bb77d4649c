import { describe, expect, it } from 'vitest';
import { corpus } from '../../../js/data/corpus.js';
import {
  chooseEmotions,
  classesOf,
  classIndices,
  commonEmotions,
  EMOTIONS,
  selectEmotions,
  sourceClasses,
} from '../../../js/data/emotions.js';
import { SatnmfError } from '../../../js/errors.js';

function failure(run: () => unknown): SatnmfError {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const named = (name: string, emotion: (string | null)[]) =>
  corpus({
    name,
    features: { rows: emotion.length, cols: 1, data: Float32Array.from(emotion, (_, i) => i) },
    emotion,
    extra: { text: emotion.map((_, i) => `t${i}`) },
  });

const source = named('emodb', ['fear', 'anger', null, 'neutral', 'anger', 'fear']);
const target = named('urdu', ['neutral', 'sadness', 'anger']);

describe('emotions', () => {
  it('are in ascending code-unit order, capitals before small letters, accents last', () => {
    expect(classesOf(['zeal', 'anger', 'élan', 'Zeal', 'anger', null])).toEqual([
      'Zeal',
      'anger',
      'zeal',
      'élan',
    ]);
    expect(classesOf(EMOTIONS)).toEqual(EMOTIONS);
  });

  it('common to two corpora are found in class order', () => {
    expect(commonEmotions(source, target)).toEqual(['anger', 'neutral']);
  });

  it('none in common is an error that says what there is', () => {
    const error = failure(() => commonEmotions(source, named('x', ['calm', null])));
    expect(error.code).toBe('no-common-emotion');
    expect(error.message).toBe('emodb has anger, fear, neutral and x has calm: no emotion in common');
    expect(failure(() => commonEmotions(source, named('y', [null]))).message).toContain('y has no emotions');
  });

  it('asked for must be in the source; one at least must be in the target', () => {
    expect(chooseEmotions(source, target, ['neutral', 'fear', 'neutral'])).toEqual(['fear', 'neutral']);
    expect(chooseEmotions(source, target)).toEqual(['anger', 'neutral']);
    const misspelt = failure(() => chooseEmotions(source, target, ['angry']));
    expect(misspelt.code).toBe('unknown-class');
    expect(misspelt.message).toContain('Did you mean "anger"?');
    expect(failure(() => chooseEmotions(source, target, ['sadness'])).message).toContain('only urdu has it');
    expect(failure(() => chooseEmotions(source, target, ['fear'])).code).toBe('no-common-emotion');
    expect(failure(() => chooseEmotions(source, target, [])).code).toBe('no-common-emotion');
  });

  it('select rows with all that is known of them, in their order', () => {
    const chosen = selectEmotions(source, ['fear', 'neutral']);
    expect(chosen.emotion).toEqual(['fear', 'neutral', 'fear']);
    expect([...chosen.features.data]).toEqual([0, 3, 5]);
    expect(chosen.extra.text).toEqual(['t0', 't3', 't5']);
    expect(selectEmotions(source, ['calm']).features.rows).toBe(0);
    expect(failure(() => selectEmotions(source, ['afraid', 'fearr'])).code).toBe('unknown-class');
  });

  it('one class in the source is an error', () => {
    expect(sourceClasses(source)).toEqual(['anger', 'fear', 'neutral']);
    expect(failure(() => sourceClasses(named('x', ['calm', null, 'calm'])))).toMatchObject({
      code: 'one-class',
      message: 'x: a source needs at least two emotions, this one has calm',
    });
  });

  it('become indices, −1 where nothing is known, and row lists', () => {
    const indices = classIndices(source.emotion, ['anger', 'fear', 'neutral']);
    expect([...indices]).toEqual([1, 0, -1, 2, 0, 1]);
    const error = failure(() => classIndices(source.emotion, ['anger', 'neutral']));
    expect(error).toMatchObject({ code: 'unknown-class', row: 0, actual: 'fear' });
  });

  it('called like properties of objects are emotions like any other', () => {
    const odd = ['__proto__', 'constructor', 'toString'];
    expect(classesOf(odd)).toEqual(odd);
    expect([...classIndices(odd, odd)]).toEqual([0, 1, 2]);
  });
});
