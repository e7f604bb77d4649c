import { expect, test } from 'vitest';
import { extract } from '../../../js/entries/audio.js';
import { compareNames } from '../../../js/data/feature-sets/compare-2013.js';
import { remarkColumns, remarksOn } from '../../../js/recogniser/remarks.js';
import { loadEmodb } from '../../../js/io/emodb/index.js';
import { momentsOf } from '../../../js/recogniser/moments.js';
import { floats } from '../../assembly/core/values.js';

const columns = remarkColumns(compareNames());

/** A second of what is no speech, at a rate and a level. */
const SOUNDS: Readonly<Record<string, (t: number, i: number) => number>> = {
  silence: () => 0,
  'a constant': () => 1,
  hum: (t) => Math.sin(2 * Math.PI * 50 * t) + 0.5 * Math.sin(2 * Math.PI * 100 * t),
  'a tone of 220 Hz': (t) => Math.sin(2 * Math.PI * 220 * t),
  'a tone of 3 kHz': (t) => Math.sin(2 * Math.PI * 3000 * t),
  'a sweep': (t) => Math.sin(2 * Math.PI * (80 * t + 700 * t * t)),
  'a square wave': (t) => Math.sign(Math.sin(2 * Math.PI * 200 * t)),
  noise: (_, i) => NOISE[i % NOISE.length],
  clicks: (_, i) => (i % 4000 === 0 ? 1 : 0),
};
const NOISE = floats(9, 48_000, -1, 1);

test.each(Object.keys(SOUNDS))('%s is no speech, at several rates and levels', async (name) => {
  const { features } = await loadEmodb();
  const pool = momentsOf(
    features,
    Int32Array.from({ length: features.rows }, (_, i) => i),
  );
  for (const sampleRate of [8000, 16_000, 44_100])
    for (const level of [0.01, 0.5]) {
      const samples = Float32Array.from(
        { length: sampleRate },
        (_, i) => level * SOUNDS[name](i / sampleRate, i),
      );
      const { features: row } = await extract({ samples, sampleRate });
      const remarks = remarksOn(row, 0, columns, pool);
      expect(remarks[0], `${sampleRate} Hz, level ${level}`).toMatch(/^(silence|no speech)$/);
    }
});

test('speech gets no remark', async () => {
  const { features } = await loadEmodb();
  const pool = momentsOf(
    features,
    Int32Array.from({ length: features.rows }, (_, i) => i),
  );
  for (let i = 0; i < features.rows; i++)
    expect(remarksOn(features, i, columns, pool), `row ${i}`).toEqual([]);
});
