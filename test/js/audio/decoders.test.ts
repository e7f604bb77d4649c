import { afterEach, describe, expect, it } from 'vitest';
import {
  decode,
  extract,
  hasDecoder,
  mixdown,
  quantise,
  registerDecoder,
} from '../../../js/entries/audio.js';
import { babble, fromPcm, pcmFile } from './synthetic.js';

const bytesOf = (...start: number[]): Uint8Array => Uint8Array.from([...start, 0, 0, 0, 0, 0, 0, 0, 0]);
const FLAC = bytesOf(0x66, 0x4c, 0x61, 0x43);
const OGG = bytesOf(0x4f, 0x67, 0x67, 0x53);
const MP3 = bytesOf(0xff, 0xfb, 0x90, 0x64);
const TAGGED_MP3 = bytesOf(0x49, 0x44, 0x33, 4);

afterEach(() => {
  for (const format of ['mp3', 'flac', 'ogg'] as const) registerDecoder(format, undefined);
});

describe('decode', () => {
  it.each([
    ['flac', FLAC],
    ['ogg', OGG],
    ['mp3', MP3],
    ['mp3', TAGGED_MP3],
  ] as const)('says how to read %s when no decoder is registered', async (format, bytes) => {
    await expect(decode(bytes, { file: 'x' })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(`registerDecoder("${format}"`) as string,
      file: 'x',
    });
  });

  it('hands the bytes to the decoder of their format, mixes and quantises what it gives', async () => {
    const left = fromPcm(babble(20_000, 1)).map((x) => x * 0.777);
    const right = fromPcm(babble(20_000, 2)).map((x) => x * 0.777);
    registerDecoder('flac', (bytes) => {
      expect(bytes).toBe(FLAC);
      return Promise.resolve({ channelData: [left, right], sampleRate: 16000 });
    });
    expect([hasDecoder('flac'), hasDecoder('mp3')]).toEqual([true, false]);
    const { features } = await extract(FLAC);
    const samples = quantise(left.map((x, i) => Math.fround(Math.fround(x + right[i]) / 2)));
    const same = await extract({ samples, sampleRate: 16000 });
    expect(features.data).toEqual(same.features.data);
    const raw = await extract(FLAC, { quantize: false });
    expect(raw.features.data).not.toEqual(same.features.data);
  });

  it('puts what a decoder says into a sentence with the file', async () => {
    registerDecoder('mp3', () => {
      throw new Error('no sync word');
    });
    await expect(extract(MP3, { file: 'a.mp3' })).rejects.toMatchObject({
      code: 'bad-file',
      message: 'a.mp3: the mp3 decoder failed: no sync word',
    });
    registerDecoder('mp3', () => ({ channelData: [], sampleRate: 44100 }));
    await expect(extract(MP3, { file: 'a.mp3' })).rejects.toThrow(/found no samples/);
    registerDecoder('mp3', () => ({
      channelData: [new Float32Array(9000), new Float32Array(8999)],
      sampleRate: 44100,
    }));
    await expect(extract(MP3, { file: 'a.mp3' })).rejects.toThrow(/found no samples/);
  });

  it('marks mixed signals, and leaves mono ones as they are', async () => {
    const mono = await decode(pcmFile(babble(2000)));
    expect(mono.derived).toBe(false);
    expect(mono.samples).toEqual(fromPcm(babble(2000)));
    expect((await decode(pcmFile(babble(2000), { channels: 2 }))).derived).toBe(true);
  });
});

describe('mixdown', () => {
  it('sums the channels in float32, divides by their number, then by full scale', () => {
    const mono = mixdown(Float32Array.of(3, 4, -32768, -32768, 32767, 32766), 2, 32767);
    expect([...mono]).toEqual([3.5 / 32767, -32768 / 32767, 32766.5 / 32767].map(Math.fround));
  });
});

describe('quantise', () => {
  it('rounds to the nearest step of 16 bit, halves away from zero, and clips', () => {
    const steps = [0.5, -0.5, 1.49, -1.49, 1.5, 30000.5, -30000.5, 40000, -40000, 32767.4, 0];
    const out = quantise(Float32Array.from(steps, (x) => x / 32767));
    const expected = [1, -1, 1, -1, 2, 30001, -30001, 32767, -32768, 32767, 0];
    expect([...out]).toEqual(expected.map((x) => Math.fround(x / 32767)));
  });

  it('leaves every 16-bit sample as it is', () => {
    const all = Float32Array.from({ length: 65536 }, (_, i) => (i - 32768) / 32767);
    expect(quantise(all.slice())).toEqual(all);
  });
});
