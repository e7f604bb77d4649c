/**
 * The resampler against what it promises: pass-band, stop-band, positions, length.
 */
import { describe, expect, it } from 'vitest';
import { resample } from '../../../js/entries/audio.js';
import { babble, fromPcm, noise } from './synthetic.js';

const OPTIONS = { quantize: false };

/** A tone of amplitude 1, `seconds` long. */
function tone(frequency: number, sampleRate: number, seconds: number): Float32Array {
  const w = (2 * Math.PI * frequency) / sampleRate;
  return Float32Array.from({ length: Math.round(sampleRate * seconds) }, (_, i) => Math.sin(w * i));
}

/** The largest distance from the tone itself where it must be: amplitude, phase and delay at once. */
function distance(samples: Float32Array, frequency: number, from = 2000, to = 6000): number {
  const w = (2 * Math.PI * frequency) / 16000;
  let largest = 0;
  for (let n = from; n < to; n++) largest = Math.max(largest, Math.abs(samples[n] - Math.sin(w * n)));
  return largest;
}

/** What is left of a tone in dB: power of the middle half of half a second. */
async function gain(frequency: number, sampleRate: number): Promise<number> {
  const { samples } = await resample({ samples: tone(frequency, sampleRate, 0.5), sampleRate }, OPTIONS);
  const middle = samples.subarray(2000, 6000);
  return 10 * Math.log10(2 * (middle.reduce((sum, x) => sum + x * x, 0) / middle.length) + 1e-30);
}

const PASS = [40, 500, 1000, 2500, 4000, 5500, 6500, 7000, 7200];

describe('resample() to 16 kHz', () => {
  it.each([16_050, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000])(
    'from %i Hz: ripple ≤ 0.01 dB to 7.2 kHz, at least 90 dB from 8 kHz on',
    async (sampleRate) => {
      for (const frequency of PASS) {
        const { samples } = await resample(
          { samples: tone(frequency, sampleRate, 0.5), sampleRate },
          OPTIONS,
        );
        // 0.01 dB is 1.15e-3.
        expect(distance(samples, frequency), `${frequency} Hz`).toBeLessThan(1e-4);
      }
      for (const frequency of [8000, 8100, 8300, 8800, 9500, 11_000, 14_000, 18_000, 23_000, 40_000, 90_000])
        if (frequency < sampleRate / 2)
          expect(await gain(frequency, sampleRate), `${frequency} Hz`).toBeLessThan(-90);
    },
  );

  it.each([8000, 11_025, 12_000])('from %i Hz: keeps what there is, adds no images', async (sampleRate) => {
    for (const frequency of [40, 500, 1000, 2500, 0.45 * sampleRate]) {
      const { samples } = await resample({ samples: tone(frequency, sampleRate, 0.5), sampleRate }, OPTIONS);
      expect(distance(samples, frequency), `${frequency} Hz`).toBeLessThan(1e-4);
    }
  });

  it('gives round(samples · 16000 / rate) samples, whatever the length', async () => {
    for (const sampleRate of [8000, 11_025, 44_100, 47_999, 48_000, 191_999])
      for (const length of [0, 1, 2, 3, 100, 999, 8191, 8192, 8193, 30_000]) {
        const { samples } = await resample({ samples: new Float32Array(length), sampleRate }, OPTIONS);
        expect(samples.length).toBe(Math.round((length * 16000) / sampleRate));
      }
  });

  it('keeps a constant, and starts and ends where the signal does', async () => {
    for (const sampleRate of [8000, 22_050, 48_000, 44_101]) {
      const samples = new Float32Array(sampleRate).fill(0.5);
      const out = (await resample({ samples, sampleRate }, OPTIONS)).samples;
      expect(Math.max(...out.subarray(2000, 14_000).map((x) => Math.abs(x - 0.5)))).toBeLessThan(1e-6);
      expect(out[0]).toBeGreaterThan(0.2);
      expect(out[out.length - 1]).toBeGreaterThan(0.2);
    }
  });

  it('is exact for ratios with many phases too: 44,101 Hz against a tone', async () => {
    const sampleRate = 44_101;
    const { samples } = await resample({ samples: tone(3000, sampleRate, 3), sampleRate }, OPTIONS);
    expect(distance(samples, 3000, 44_000, 47_000)).toBeLessThan(1e-4);
  });

  it('quantises to 16 bit unless it is told not to', async () => {
    const signal = { samples: fromPcm(babble(9000)), sampleRate: 48000 };
    const on = await resample(signal);
    const onGrid = (x: number): boolean => Math.fround(Math.round(x * 32767) / 32767) === x;
    expect(on.samples.every(onGrid)).toBe(true);
    const off = await resample(signal, OPTIONS);
    expect(off.samples.every(onGrid)).toBe(false);
    expect(on.samples.length).toBe(off.samples.length);
  });

  it('hands a 16 kHz signal back as it is', async () => {
    const signal = { samples: fromPcm(noise(3000, 3000)), sampleRate: 16000 };
    expect(await resample(signal)).toBe(signal);
  });

  it.each([7999, 192_001, 0, -48_000, 44_100.5, NaN, Infinity])(
    'refuses a rate of %d Hz',
    async (sampleRate) => {
      await expect(resample({ samples: new Float32Array(10), sampleRate })).rejects.toThrow(
        /"sampleRate" must be a whole number of Hz from 8000 to 192000/,
      );
    },
  );
});
