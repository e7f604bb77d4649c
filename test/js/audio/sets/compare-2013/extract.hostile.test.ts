/**
 * Odd and hostile audio: a named error or a finite row, never NaN, never a hang.
 */
import { describe, expect, it } from 'vitest';
import {
  type Extraction,
  extract,
  openExtractor,
  SatnmfError,
  type Signal,
} from '../../../../../js/entries/audio.js';
import { babble, constant, fromPcm, noise, pcmFile, square, wavFile } from '../../synthetic.js';

async function refusal(work: Promise<unknown>): Promise<SatnmfError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SatnmfError);
  return error as SatnmfError;
}

function expectFinite({ features }: Extraction, rows = 1): void {
  expect(features.rows).toBe(rows);
  expect(features.data.every(Number.isFinite)).toBe(true);
}

const signal = (pcm: Int16Array, sampleRate = 16000): Signal => ({ samples: fromPcm(pcm), sampleRate });

function impulse(samples: number): Int16Array {
  const pcm = new Int16Array(samples);
  pcm[Math.floor(samples / 2)] = 32767;
  return pcm;
}

describe('odd signals give a finite row', () => {
  it.each<[string, Signal]>([
    ['60 ms, the shortest', signal(babble(960))],
    ['70 ms', signal(babble(1120))],
    ['80 ms', signal(babble(1280))],
    ['100 ms', signal(babble(1600))],
    ['60 ms of silence', signal(constant(960, 0))],
    ['silence', signal(constant(20_000, 0))],
    ['the smallest step throughout', signal(constant(20_000, 1))],
    ['full-scale DC', signal(constant(20_000, -32768))],
    ['a full-scale square wave', signal(square(20_000, 100))],
    ['a full-scale square wave at the Nyquist frequency', signal(square(20_000, 2))],
    ['one impulse', signal(impulse(20_000))],
    ['full-scale noise', signal(noise(20_000, 32768))],
    ['96 kHz', signal(babble(96_000), 96_000)],
    ['192 kHz', signal(babble(60_000), 192_000)],
    ['8 kHz', signal(babble(8000), 8000)],
    ['silence at 44.1 kHz', signal(constant(40_000, 0), 44_100)],
    ['samples in 16-bit units', { samples: Float32Array.from(babble(20_000)), sampleRate: 16000 }],
    ['denormal samples', { samples: new Float32Array(20_000).fill(1e-42), sampleRate: 16000 }],
    ['tiny samples', { samples: fromPcm(babble(20_000)).map((x) => x * 1e-30), sampleRate: 16000 }],
    ['speech, then silence', signal(Int16Array.of(...babble(10_000), ...constant(10_000, 0)))],
    ['negative zeros', { samples: new Float32Array(20_000).fill(-0), sampleRate: 16000 }],
  ])('%s', async (_name, odd) => {
    expectFinite(await extract(odd));
    const lld = await extract(odd, { level: 'lld' });
    expectFinite(lld, lld.features.rows);
    expect(lld.features.rows).toBeGreaterThan(0);
  });

  it('of samples in other units with a warning', async () => {
    const samples = Float32Array.from(babble(20_000));
    const { warnings } = await extract({ samples, sampleRate: 16000 });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/samples reach \d+\.\d, full scale is 1/);
  });

  it('of random lengths around the frame boundaries', async () => {
    for (const length of [961, 1119, 1121, 1279, 1439, 1441, 1599, 1760, 2079, 2080, 2081, 16_383, 16_385])
      expectFinite(await extract(signal(babble(length, length))));
  });
});

describe('odd files', () => {
  it('with 8 channels are mixed', async () => {
    const one = babble(9000);
    const eight = new Int16Array(72_000);
    one.forEach((value, i) => eight.fill(value, 8 * i, 8 * i + 8));
    const mixed = await extract(pcmFile(eight, { channels: 8 }));
    const mono = await extract(pcmFile(one));
    expect(mixed.features.data).toEqual(mono.features.data);
  });

  it('with a header of three hours and 1 kB of samples are too short, and say so', async () => {
    const error = await refusal(
      extract(pcmFile(babble(500), { dataSize: 3 * 3600 * 32_000 }), { file: 'lie.wav' }),
    );
    expect(error.code).toBe('bad-file');
    expect(error.message).toBe('lie.wav: is 31.25 ms long, features need at least 60 ms');
  });

  it('with 0 samples, and with 59 ms, are too short', async () => {
    for (const [length, milliseconds] of [
      [0, '0.00'],
      [944, '59.00'],
    ] as const) {
      const error = await refusal(extract(pcmFile(babble(length)), { file: 'short.wav' }));
      expect(error.code).toBe('bad-file');
      expect(error.message).toContain(`is ${milliseconds} ms long`);
    }
    expect((await refusal(extract(signal(babble(959))))).code).toBe('bad-argument');
  });

  it('cut off in the middle give the features of what is there, with a warning', async () => {
    const pcm = babble(20_000);
    const whole = pcmFile(pcm);
    const { features, warnings, seconds } = await extract(whole.subarray(0, 44 + 24_001), {
      file: 'cut.wav',
    });
    expect(seconds).toBe(0.75);
    expect(warnings).toEqual(['cut.wav: is cut off: 1.25 s by its header, 0.75 s are there']);
    const alone = await extract(pcmFile(pcm.subarray(0, 12_000)));
    expect(features.data).toEqual(alone.features.data);
  });

  it('with NaN or infinite floats are refused by sample', async () => {
    for (const [value, at] of [
      [NaN, 7],
      [Infinity, 11_999],
      [-Infinity, 0],
    ] as const) {
      const samples = fromPcm(babble(12_000));
      samples[at] = value;
      const bytes = new Uint8Array(samples.buffer);
      const error = await refusal(extract(wavFile(bytes, { bits: 32, float: true }), { file: 'nan.wav' }));
      expect(error.code).toBe('not-finite');
      expect(error.message).toBe(`nan.wav: sample ${at} is ${value}, expected a finite number`);
      expect(error.column).toBe(at);
    }
  });

  it('with 64-bit floats that float32 cannot hold are refused', async () => {
    const samples = new Float64Array(12_000).fill(1e300);
    const file = wavFile(new Uint8Array(samples.buffer), { bits: 64, float: true });
    expect((await refusal(extract(file))).code).toBe('not-finite');
  });

  it('with finite samples far beyond full scale are refused', async () => {
    const samples = new Float32Array(12_000).fill(1e9);
    const error = await refusal(extract({ samples, sampleRate: 16000 }));
    expect(error.code).toBe('bad-argument');
    expect(error.message).toMatch(/sample 0 is 1000000000, expected a value within ±1/);
  });

  it('at a rate out of range are refused', async () => {
    for (const sampleRate of [4000, 7999, 200_000, 2 ** 31]) {
      const error = await refusal(extract(pcmFile(babble(9000), { sampleRate }), { file: 'rate.wav' }));
      expect(error.code).toBe('unsupported');
      expect(error.message).toContain(`got ${sampleRate}`);
    }
  });
});

describe('wrong arguments are named', () => {
  const samples = fromPcm(babble(9000));
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['no signal', () => extract(undefined as never), /takes a signal/],
    ['an array of numbers', () => extract({ samples: [1, 2], sampleRate: 16000 } as never), /Float32Array/],
    ['an unknown level', () => extract(signal(babble(9000)), { level: 'x' as never }), /"level" must be/],
    ['a window of 0', () => extract(signal(babble(9000)), { windowSeconds: 0 }), /"windowSeconds" must be/],
    ['a window of 50 ms', () => extract(signal(babble(9000)), { windowSeconds: 0.05 }), /0\.06/],
    ['a window of NaN', () => extract(signal(babble(9000)), { windowSeconds: NaN }), /"windowSeconds"/],
    ['a hop of 0', () => extract(signal(babble(9000)), { windowSeconds: 1, hopSeconds: 0 }), /"hopSeconds"/],
    ['a hop alone', () => extract(signal(babble(9000)), { hopSeconds: 1 }), /"hopSeconds".*"windowSeconds"/],
    [
      'windows of descriptors',
      () => extract(signal(babble(9000)), { level: 'lld', windowSeconds: 1 }),
      /"windowSeconds"/,
    ],
    ['a rate of 0', () => extract({ samples, sampleRate: 0 }), /"sampleRate"/],
    ['a fractional rate', () => extract({ samples, sampleRate: 44_100.5 }), /"sampleRate"/],
    ['half a channel', () => openExtractor({ sampleRate: 16000, channels: 0.5 }), /"channels"/],
  ])('%s', async (_name, work, message) => {
    const error = await refusal(work());
    expect(error.code).toBe('bad-argument');
    expect(error.message).toMatch(message);
  });

  it('and a refusal leaves the next call as it would have been', async () => {
    const before = await extract({ samples, sampleRate: 16000 });
    await refusal(extract({ samples: new Float32Array(9000).fill(NaN), sampleRate: 44_100 }));
    const after = await extract({ samples, sampleRate: 16000 });
    expect(after.features.data).toEqual(before.features.data);
  });
});
