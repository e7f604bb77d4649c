import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../../../../js/data/matrix.js';
import { EVERYDAY_EMOTIONS, openWeights } from '../../../../js/recogniser/recognition/pretrained.js';
import { recognise, recogniser } from '../../../../js/recogniser/recognition/recognise.js';

/** A second of a sound at 16 kHz. */
const sound = (of: (i: number) => number) => ({
  samples: Float32Array.from({ length: 16000 }, (_, i) => of(i)),
  sampleRate: 16000,
});
const speech = readFileSync('demo/samples/1008_IEO_ANG_HI.wav');

describe('recognise', () => {
  test('gives one answer for one recording', async () => {
    const { emotion, confidence, second, probabilities, arousal, valence, remarks } = await recognise(speech);
    expect(EVERYDAY_EMOTIONS).toContain(emotion);
    expect(Object.keys(probabilities)).toEqual(EVERYDAY_EMOTIONS);
    expect(Object.values(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(confidence).toBe(probabilities[emotion as string]);
    expect(probabilities[second as string]).toBeLessThanOrEqual(confidence as number);
    for (const value of [arousal, valence]) expect(value).toBeGreaterThanOrEqual(0);
    expect(remarks).not.toContain('no speech');
  });

  test('gives no emotion to silence and tones, unless it must', async () => {
    const silence = sound(() => 0);
    const tone = sound((i) => 0.3 * Math.sin(i / 5));
    const [quiet, steady] = await recognise([silence, tone]);
    expect(quiet).toMatchObject({ emotion: null, confidence: null, probabilities: {}, arousal: null });
    expect(quiet.remarks).toContain('silence');
    expect(steady.remarks).toContain('no speech');
    expect((await recognise(tone, { force: true })).emotion).not.toBeNull();
  });

  test('answers what it is told to answer, with the bytes of an ArrayBuffer too', async () => {
    const { recognise: ask, weights } = await recogniser({ emotions: ['anger', 'boredom'] });
    expect(weights.classes).toEqual(['anger', 'boredom']);
    const bytes = speech.buffer.slice(speech.byteOffset, speech.byteOffset + speech.byteLength);
    expect(['anger', 'boredom']).toContain((await ask(bytes)).emotion);
    const all = await recogniser({ emotions: 'all' });
    expect(all.weights.classes).toEqual((await openWeights()).classes);
  });

  test('refuses what is no recording, options that it does not know, and emotions that nobody taught', async () => {
    await expect(recognise(undefined as never)).rejects.toThrow('recognise() takes the bytes of a file');
    await expect(recognise(speech, { emotion: 'anger' } as never)).rejects.toThrow('has no option "emotion"');
    await expect(recogniser({ emotions: ['anger', 'ennui'] })).rejects.toThrow('not "ennui"');
    expect(await recognise([])).toEqual([]);
  });
});

describe('a table', () => {
  let columns: readonly string[];
  beforeAll(async () => {
    ({ columns } = await openWeights());
  });

  test('gives an answer a row', async () => {
    const features = matrix(3, columns.length);
    features.data.fill(1);
    const target = {
      name: 't',
      features,
      columns,
      file: [null, null, null],
      speaker: [null, null, null],
      emotion: [null, null, null],
      extra: {},
    };
    expect(await recognise(target)).toHaveLength(3);
  });
});
