import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../js/errors.js';
import { readWav, WavReader } from '../../../js/io/wav.js';
import { babble, pcmFile, wavFile, type WavParts } from '../audio/synthetic.js';

const PCM = babble(500);

/** The same samples in another resolution. */
function encoded(bits: number, float: boolean): Uint8Array {
  const bytes = bits / 8;
  const view = new DataView(new ArrayBuffer(PCM.length * bytes));
  PCM.forEach((value, i) => {
    if (float && bits === 32) view.setFloat32(4 * i, value / 32767, true);
    else if (float) view.setFloat64(8 * i, value / 32767, true);
    else if (bits === 8) view.setUint8(i, (value >> 8) + 128);
    else if (bits === 16) view.setInt16(2 * i, value, true);
    else if (bits === 24) {
      view.setUint16(3 * i, (value << 8) & 0xffff, true);
      view.setInt8(3 * i + 2, value >> 8);
    } else view.setInt32(4 * i, value << 16, true);
  });
  return new Uint8Array(view.buffer);
}

const KINDS = [
  { bits: 8, float: false, fullScale: 127, step: 2 / 127 },
  { bits: 16, float: false, fullScale: 32767, step: 0 },
  { bits: 24, float: false, fullScale: 32767 * 256, step: 0 },
  { bits: 32, float: false, fullScale: 2147483647, step: 4e-5 },
  { bits: 32, float: true, fullScale: 1, step: 0 },
  { bits: 64, float: true, fullScale: 1, step: 0 },
];

function inPieces(file: Uint8Array, sizes: () => number): { values: number[]; warnings: string[] } {
  const reader = new WavReader({ file: 'x.wav' });
  const values: number[] = [];
  for (let at = 0; at < file.length;) {
    const size = sizes();
    values.push(...reader.push(file.slice(at, at + size)));
    at += size;
  }
  return { values, warnings: reader.finish() };
}

function refusal(file: Uint8Array, options = {}): SatnmfError {
  try {
    readWav(file, { file: 'x.wav', ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(SatnmfError);
    expect((error as SatnmfError).message).toMatch(/^x\.wav: /);
    expect((error as SatnmfError).file).toBe('x.wav');
    return error as SatnmfError;
  }
  throw new Error('it was read');
}

describe('readWav', () => {
  it.each(
    KINDS.flatMap((kind) => [
      { ...kind, extensible: false },
      { ...kind, extensible: true },
    ]),
  )(
    'reads $bits bit (float: $float, extensible: $extensible) in its own units',
    ({ bits, float, fullScale, step, extensible }) => {
      const { format, values, warnings } = readWav(
        wavFile(encoded(bits, float), { bits, float, extensible, sampleRate: 22050 }),
      );
      expect(format).toEqual({
        sampleRate: 22050,
        channels: 1,
        bits,
        encoding: float ? 'float' : 'integer',
        fullScale,
      });
      expect(warnings).toEqual([]);
      expect(values.length).toBe(PCM.length);
      PCM.forEach((value, i) => {
        const error = Math.abs(values[i] / fullScale - value / 32767);
        if (error > step + 1e-7) expect.fail(`sample ${i}: ${values[i]} of ${fullScale}, wrote ${value}`);
      });
    },
  );

  it('keeps the channels interleaved', () => {
    const { format, values } = readWav(pcmFile(Int16Array.of(1, -2, 3, -4, 5, -6), { channels: 3 }));
    expect(format.channels).toBe(3);
    expect([...values]).toEqual([1, -2, 3, -4, 5, -6]);
  });

  it('reads RF64, whose size is elsewhere, and files whose size is not known', () => {
    expect([...readWav(pcmFile(PCM, { magic: 'RF64' })).values]).toEqual([...PCM]);
    const streamed = readWav(pcmFile(PCM, { dataSize: 0xffffffff, riffSize: 0xffffffff }));
    expect([...streamed.values]).toEqual([...PCM]);
    expect(streamed.warnings).toEqual([]);
  });

  it('skips other chunks, of odd sizes too, and what follows the samples', () => {
    const before: WavParts['before'] = [
      ['LIST', new Uint8Array(27).fill(65)],
      ['bext', new Uint8Array(602)],
      ['id3 ', new Uint8Array(1)],
      ['JUNK', new Uint8Array(0)],
    ];
    const file = pcmFile(PCM, { before });
    const longer = new Uint8Array(file.length + 100).fill(66);
    longer.set(file);
    expect([...readWav(longer).values]).toEqual([...PCM]);
  });

  it('reads what is there of a file that is cut off, and says so', () => {
    const { values, warnings } = readWav(pcmFile(PCM).subarray(0, 44 + 301), { file: 'x.wav' });
    expect([...values]).toEqual([...PCM.subarray(0, 150)]);
    expect(warnings).toEqual(['x.wav: is cut off: 0.03 s by its header, 0.01 s are there']);
  });

  it('allocates nothing on the word of a header: three hours promised, 1 kB there', () => {
    const { values, warnings } = readWav(pcmFile(PCM, { dataSize: 3 * 3600 * 32000 }), { file: 'x.wav' });
    expect(values.length).toBe(500);
    expect(warnings[0]).toMatch(/10800\.00 s by its header, 0\.03 s are there/);
  });

  it('gives the same values when the bytes come in pieces', () => {
    for (const file of [
      pcmFile(PCM, { before: [['LIST', new Uint8Array(33)]], channels: 2 }),
      wavFile(encoded(24, false), { bits: 24, extensible: true }),
      pcmFile(PCM, { magic: 'RF64' }),
    ]) {
      const whole = readWav(file);
      for (const size of [1, 2, 3, 7, 45, 1000]) {
        const { values } = inPieces(file, () => size);
        expect(values).toEqual([...whole.values]);
      }
    }
  });
});

describe('readWav refuses', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'bad-file', /ends within its first 12 bytes/],
    ['5 bytes', Uint8Array.of(82, 73, 70, 70, 1), 'bad-file', /ends within its first 12 bytes/],
    ['text', new TextEncoder().encode('file,emotion\na.wav,anger\n'), 'bad-file', /is not a WAV file/],
    ['AIFF', new TextEncoder().encode('FORM\0\0\0\0AIFFCOMM'), 'unsupported', /is an AIFF file.*ffmpeg/],
    ['RIFX', pcmFile(PCM, { magic: 'RIFX' }), 'unsupported', /big-endian/],
    ['a header alone', pcmFile(PCM).subarray(0, 36), 'bad-file', /ends before its samples begin/],
  ] as const)('%s', (_name, file, code, message) => {
    const error = refusal(file);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  const patched = (offset: number, ...bytes: number[]): Uint8Array => {
    const file = pcmFile(PCM).slice();
    file.set(bytes, offset);
    return file;
  };

  it.each([
    ['no channels', patched(22, 0, 0), 'bad-file', /has 0 channels/],
    ['65535 channels', patched(22, 255, 255), 'bad-file', /has 65535 channels/],
    ['0 Hz', patched(24, 0, 0, 0, 0), 'bad-file', /sample rate of 0 Hz/],
    ['mu-law', patched(20, 7, 0), 'unsupported', /compressed \(mu-law\)/],
    ['an unknown codec', patched(20, 0x34, 0x12), 'unsupported', /compressed \(format 4660\)/],
    ['12 bit in 3 bytes', patched(32, 3, 0, 12, 0), 'bad-file', /samples of 12 bit in frames of 3 bytes/],
    ['frames of 0 bytes', patched(32, 0, 0), 'bad-file', /frames of 0 bytes/],
    ['5-byte frames', patched(32, 5, 0), 'bad-file', /frames of 5 bytes/],
    ['float of 16 bit', patched(20, 3, 0), 'bad-file', /float samples of 16 bit/],
    ['a short format chunk', patched(16, 14, 0, 0, 0), 'bad-file', /format chunk of 14 bytes/],
    ['a chunk as large as can be', patched(16, 255, 255, 255, 255), 'bad-file', /ends before its samples/],
    ['samples before their format', patched(12, 100, 97, 116, 97), 'bad-file', /before it says their format/],
    [
      'an extensible tag in a short chunk',
      patched(20, 254, 255),
      'bad-file',
      /extensible format chunk of 16/,
    ],
  ] as const)('%s', (_name, file, code, message) => {
    const error = refusal(file);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('a signal longer than maxSeconds', () => {
    expect(refusal(pcmFile(PCM), { maxSeconds: 0.02 }).code).toBe('too-large');
    expect(() => new WavReader({ maxSeconds: 0 })).toThrow(/"maxSeconds" must be a number above 0/);
    expect(() => new WavReader({ maxSeconds: NaN })).toThrow(SatnmfError);
  });
});

describe('hostile bytes', () => {
  const seeds = [
    pcmFile(PCM, { before: [['LIST', new Uint8Array(9)]] }),
    wavFile(encoded(24, false), { bits: 24, extensible: true }),
    pcmFile(PCM, { magic: 'RF64' }),
    wavFile(encoded(64, true), { bits: 64, float: true }),
  ];

  it('are read or refused by name, never anything else', () => {
    const change = fc.record({
      seed: fc.nat(seeds.length - 1),
      patches: fc.array(fc.tuple(fc.nat(140), fc.nat(255)), { maxLength: 6 }),
      length: fc.nat(400),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(change, ({ seed, patches, length, cut }) => {
        const file = seeds[seed].slice(0, cut ? length : undefined);
        for (const [at, byte] of patches) if (at < file.length) file[at] = byte;
        try {
          const { values, format } = readWav(file);
          expect(values.length % format.channels).toBe(0);
          expect(values.byteLength).toBeLessThanOrEqual(4 * file.length);
        } catch (error) {
          if (!(error instanceof SatnmfError)) throw error;
        }
      }),
      { numRuns: 3000, seed: 3 },
    );
  });

  it('cut at every length are read or refused by name', () => {
    for (const seed of seeds)
      for (let length = 0; length < 200; length++)
        try {
          readWav(seed.subarray(0, length));
        } catch (error) {
          if (!(error instanceof SatnmfError)) throw error;
        }
  });
});
