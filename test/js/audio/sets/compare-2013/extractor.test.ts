import { describe, expect, it } from 'vitest';
import type { Exports } from '../../../../../js/audio/exports.js';
import {
  compareModule,
  extract,
  type Extractor,
  openExtractor,
  type Rows,
  SatnmfError,
} from '../../../../../js/entries/audio.js';
import { borrow, giveBack } from '../../../../../js/audio/load.js';
import { babble, fromPcm, lcg, noise } from '../../synthetic.js';

/** Pushes a signal in pieces of random length, and collects the rows. */
function inPieces(extractor: Extractor, samples: Float32Array, longest: number, channels = 1): Rows {
  const next = lcg(9);
  const parts: Rows[] = [];
  for (let at = 0; at < samples.length;) {
    const length = channels * (1 + (next() % longest));
    parts.push(extractor.push(samples.subarray(at, at + length)));
    at += length;
  }
  parts.push(extractor.finish());
  const cols = extractor.names.length;
  const data = Float32Array.from(parts.flatMap(({ features }) => [...features.data]));
  const start = Float64Array.from(parts.flatMap((part) => [...part.start]));
  return { features: { rows: data.length / cols, cols, data }, start };
}

const SIGNALS = [
  { name: '16 kHz', samples: fromPcm(babble(50_000)), sampleRate: 16000 },
  { name: '44.1 kHz', samples: fromPcm(babble(90_000, 2)), sampleRate: 44100 },
  { name: '8 kHz', samples: fromPcm(noise(12_000, 9000)), sampleRate: 8000 },
];

describe('the streaming extractor', () => {
  it.each(SIGNALS)(
    'gives the same bits however the signal is cut: $name',
    async ({ samples, sampleRate }) => {
      for (const level of ['functionals', 'lld'] as const) {
        const whole = await extract({ samples, sampleRate }, { level });
        for (const longest of [61, 40_000]) {
          const pieces = inPieces(await openExtractor({ sampleRate, level }), samples, longest);
          expect(pieces.features.rows).toBe(whole.features.rows);
          expect(pieces.features.data).toEqual(whole.features.data);
          expect(pieces.start).toEqual(whole.start);
        }
      }
    },
  );

  it('gives descriptors while the signal is still coming in', async () => {
    const extractor = await openExtractor({ sampleRate: 16000, level: 'lld' });
    const { features } = extractor.push(fromPcm(babble(48_000)));
    // 297 frames are complete; the last few wait for a group of four and for the pitch to be decided.
    expect(features.rows).toBeGreaterThan(297 - 40);
    expect(features.rows).toBeLessThan(297);
  });

  it('mixes interleaved channels as mixdown() does, and quantises the mix', async () => {
    const left = fromPcm(babble(20_000, 3));
    const right = fromPcm(babble(20_000, 4));
    const both = new Float32Array(40_000);
    const mono = new Float32Array(20_000);
    for (let i = 0; i < 20_000; i++) {
      both[2 * i] = left[i];
      both[2 * i + 1] = right[i];
      const steps = Math.abs((left[i] + right[i]) / 2) * 32767;
      mono[i] = (Math.sign(left[i] + right[i]) * Math.floor(steps + 0.5 + 2 ** -9)) / 32767;
    }
    const stereo = inPieces(await openExtractor({ sampleRate: 16000, channels: 2 }), both, 999, 2);
    const whole = await extract({ samples: mono, sampleRate: 16000 });
    expect(stereo.features.data).toEqual(whole.features.data);
    const odd = await openExtractor({ sampleRate: 16000, channels: 2 });
    expect(() => odd.push(new Float32Array(3))).toThrow(/whole frames of 2 channels, got 3 values/);
  });

  it('extracts each window as if it were a file of its own', async () => {
    const samples = fromPcm(babble(60_000));
    for (const [windowSeconds, hopSeconds] of [
      [1, 0.5],
      [0.4, 1.3],
    ]) {
      const extractor = await openExtractor({ sampleRate: 16000, windowSeconds, hopSeconds });
      const { features, start } = inPieces(extractor, samples, 7000);
      const expected = Math.floor((60_000 - windowSeconds * 16000) / (hopSeconds * 16000)) + 1;
      expect(features.rows).toBe(expected);
      for (let k = 0; k < expected; k++) {
        const from = Math.round(k * hopSeconds * 16000);
        const slice = samples.slice(from, from + windowSeconds * 16000);
        const alone = await extract({ samples: slice, sampleRate: 16000 });
        expect(start[k]).toBe(from / 16000);
        expect(features.data.subarray(k * 6373, (k + 1) * 6373)).toEqual(alone.features.data);
      }
    }
  });

  it('gives one row for a signal shorter than the window', async () => {
    const samples = fromPcm(babble(9000));
    const whole = await extract({ samples, sampleRate: 16000 });
    const windowed = await extract({ samples, sampleRate: 16000 }, { windowSeconds: 3 });
    expect(windowed.features).toEqual(whole.features);
  });

  it('does not keep the arrays that it is given', async () => {
    const samples = fromPcm(babble(40_000));
    const whole = await extract({ samples, sampleRate: 16000 });
    const extractor = await openExtractor({ sampleRate: 16000 });
    const buffer = new Float32Array(1000);
    for (let at = 0; at < samples.length; at += 1000) {
      buffer.set(samples.subarray(at, at + 1000));
      extractor.push(buffer);
      buffer.fill(NaN);
    }
    expect(extractor.finish().features.data).toEqual(whole.features.data);
  });

  it('says that it has finished when it is used afterwards', async () => {
    const extractor = await openExtractor({ sampleRate: 16000 });
    extractor.push(fromPcm(babble(2000)));
    extractor.finish();
    expect(() => extractor.push(new Float32Array(1))).toThrow(/has finished/);
    expect(() => extractor.finish()).toThrow(SatnmfError);
  });

  it('works beside other extractors in the same thread', async () => {
    const samples = SIGNALS.map((signal) => signal.samples);
    const alone = await Promise.all(SIGNALS.map((signal) => extract(signal)));
    const together = await Promise.all(SIGNALS.map(({ sampleRate }) => openExtractor({ sampleRate })));
    for (let at = 0; at < 90_000; at += 5000)
      together.forEach((extractor, i) => extractor.push(samples[i].subarray(at, at + 5000)));
    together.forEach((extractor, i) =>
      expect(extractor.finish().features.data).toEqual(alone[i].features.data),
    );
  });
});

describe('memory of the streaming extractor', () => {
  /** Bytes of wasm memory after so many seconds. */
  async function bytesAfter(seconds: number, options: object): Promise<number> {
    const module = await compareModule();
    // The extractor takes an idle instance: put one there whose memory can be looked at.
    const instance = new WebAssembly.Instance(module).exports as unknown as Exports;
    for (let kept = 0; kept < 4; kept++) borrow(module);
    giveBack(module, instance);
    const extractor = await openExtractor({ sampleRate: 16000, module, ...options });
    const piece = fromPcm(babble(16_000));
    for (let s = 0; s < seconds; s++) extractor.push(piece);
    return instance.memory.buffer.byteLength;
  }

  it('stays the same at level lld and with windows, and grows by 27 kB a second without', async () => {
    for (const options of [{ level: 'lld' }, { windowSeconds: 1 }])
      expect(await bytesAfter(30, options)).toBe(await bytesAfter(6, options));
    const growth = (await bytesAfter(40, {})) - (await bytesAfter(10, {}));
    expect(growth / 30).toBeGreaterThan(20_000);
    expect(growth / 30).toBeLessThan(36_000);
  });
});
