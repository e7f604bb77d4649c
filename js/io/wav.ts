/**
 * WAV files: RIFF and RF64/BW64, integer PCM of 8, 16, 24 and 32 bit, float of 32 and 64 bit, plain or
 * WAVE_FORMAT_EXTENSIBLE, with any other chunks in between. Bytes in, sample values out, in one piece or
 * as they arrive; nothing is allocated on the word of a header.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';

/** What the `fmt ` chunk says. */
export interface WavFormat {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Bits of a sample in the file: 8, 16, 24, 32 or 64. */
  readonly bits: number;
  readonly encoding: 'integer' | 'float';
  /** The value that stands for full scale: 127, 32767, 32767 · 256, 2147483647, or 1 for float. */
  readonly fullScale: number;
}

/** Samples of a WAV file. */
export interface WavAudio {
  readonly format: WavFormat;
  /** Interleaved, `frames x channels`, in the file's own units (8-bit samples less their offset of 128). */
  readonly values: Float32Array;
  /** Sentences about what was odd but could be read. */
  readonly warnings: readonly string[];
}

/** How a WAV file is read. */
export interface WavOptions {
  /** Name for messages. Default `"wav"`. */
  file?: string;
  /** Longest signal, in seconds. Default 43200 (12 hours). */
  maxSeconds?: number;
}

const DEFAULT_MAX_SECONDS = 12 * 3600;
const MOST_CHANNELS = 64;
const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Bytes 2–15 of the sub-format GUID of WAVE_FORMAT_EXTENSIBLE; bytes 0–1 are the format. */
const GUID_TAIL = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
/** A size that says: see ds64, or unknown. */
const UNKNOWN = 0xffffffff;

const CODECS: Readonly<Record<number, string>> = {
  2: 'MS ADPCM',
  6: 'A-law',
  7: 'mu-law',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG',
  85: 'MP3',
};

type State = 'start' | 'chunk' | 'fmt' | 'ds64' | 'skip' | 'data' | 'end';

/**
 * Reads a WAV file that arrives in pieces.
 *
 * @example
 * const reader = new WavReader({ file: 'long.wav' });
 * let largest = 0;
 * for await (const bytes of stream)
 *   for (const value of reader.push(bytes)) largest = Math.max(largest, Math.abs(value));
 * reader.finish();
 */
export class WavReader {
  readonly #file: string;
  readonly #maxSeconds: number;
  #state: State = 'start';
  /** Bytes that wait for more: never more than a `fmt ` chunk or one frame. */
  #waiting: Uint8Array = new Uint8Array(0);
  /** Bytes of the chunk at hand that are still to come (with its padding when skipping). */
  #left = 0;
  #rf64 = false;
  #rf64Data = UNKNOWN;
  #format: WavFormat | undefined;
  #frames = 0;
  #declared = 0;

  constructor(options: WavOptions = {}) {
    this.#file = options.file ?? 'wav';
    const { maxSeconds = DEFAULT_MAX_SECONDS } = options;
    if (!(maxSeconds > 0))
      throw new SatnmfError(
        'bad-argument',
        `"maxSeconds" must be a number above 0, got ${String(maxSeconds)}`,
        { argument: 'maxSeconds', expected: 'a number above 0', actual: String(maxSeconds) },
      );
    this.#maxSeconds = maxSeconds;
  }

  /** Known from the first samples on. */
  get format(): WavFormat | undefined {
    return this.#format;
  }

  /**
   * Takes the next bytes and returns the values of the frames that they complete.
   *
   * @throws {SatnmfError} `bad-file`: not a WAV file, or a broken one; `unsupported`: AIFF, big-endian
   *   or compressed; `too-large`: longer than `maxSeconds`
   */
  push(bytes: Uint8Array): Float32Array {
    let at = 0;
    while (this.#state !== 'data' && this.#state !== 'end') {
      if (this.#state === 'skip') {
        const step = Math.min(this.#left, bytes.length - at);
        at += step;
        this.#left -= step;
        if (this.#left > 0) return new Float32Array(0);
        this.#state = 'chunk';
      }
      const need = this.#need();
      const take = Math.min(need - this.#waiting.length, bytes.length - at);
      this.#waiting = joined(this.#waiting, bytes.subarray(at, at + take));
      at += take;
      if (this.#waiting.length < need) return new Float32Array(0);
      const header = this.#waiting;
      this.#waiting = new Uint8Array(0);
      this.#read(header);
    }
    return this.#state === 'data' ? this.#samples(bytes.subarray(at)) : new Float32Array(0);
  }

  /**
   * End of the file.
   *
   * @returns sentences about what was odd
   * @throws {SatnmfError} `bad-file` if the file ended before its samples began
   */
  finish(): string[] {
    if (this.#format === undefined || (this.#state !== 'data' && this.#state !== 'end'))
      throw this.#broken(
        this.#state === 'start' ? 'ends within its first 12 bytes' : 'ends before its samples begin',
      );
    const missing = this.#declared - this.#frames;
    if (missing <= 0) return [];
    const seconds = (frames: number): string => (frames / (this.#format?.sampleRate ?? 1)).toFixed(2);
    return [
      `${this.#file}: is cut off: ${seconds(this.#declared)} s by its header, ${seconds(this.#frames)} s are there`,
    ];
  }

  /** Bytes of what comes next. */
  #need(): number {
    if (this.#state === 'start') return 12;
    if (this.#state === 'fmt') return Math.min(this.#left, 40);
    if (this.#state === 'ds64') return 16;
    return 8;
  }

  #read(header: Uint8Array): void {
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    if (this.#state === 'start') this.#readStart(header);
    else if (this.#state === 'fmt') {
      this.#format = this.#readFormat(view);
      this.#skip(this.#left - header.length);
    } else if (this.#state === 'ds64') {
      // Data size as 64 bit; beyond 2^53 it is a lie, and too large by any cap.
      this.#rf64Data = view.getUint32(8, true) + view.getUint32(12, true) * 2 ** 32;
      this.#skip(this.#left - header.length);
    } else this.#readChunk(ascii(header, 0), view.getUint32(4, true));
  }

  #readStart(header: Uint8Array): void {
    const id = ascii(header, 0);
    const advice = 'convert it, for example with: ffmpeg -i in out.wav';
    if (id === 'FORM') throw this.#unsupported(`is an AIFF file, expected WAV: ${advice}`, 'WAV', 'AIFF');
    if (id === 'RIFX')
      throw this.#unsupported(`is a big-endian WAV file (RIFX), expected RIFF: ${advice}`, 'RIFF', 'RIFX');
    if (!['RIFF', 'RF64', 'BW64'].includes(id) || ascii(header, 8) !== 'WAVE')
      throw this.#broken('is not a WAV file: it does not begin with RIFF … WAVE');
    this.#rf64 = id !== 'RIFF';
    this.#state = 'chunk';
  }

  #readChunk(id: string, size: number): void {
    // Chunks are padded to even sizes, which the size does not count.
    this.#left = size + (size % 2);
    if (id === 'fmt ') {
      if (size < 16) throw this.#broken(`has a format chunk of ${size} bytes, expected at least 16`);
      this.#state = 'fmt';
    } else if (id === 'ds64' && size >= 16) this.#state = 'ds64';
    else if (id === 'data') this.#startData(size);
    else this.#skip(this.#left);
  }

  #skip(bytes: number): void {
    this.#left = bytes;
    this.#state = bytes > 0 ? 'skip' : 'chunk';
  }

  #startData(size: number): void {
    if (this.#format === undefined) throw this.#broken('has samples before it says their format');
    const known = size !== UNKNOWN || this.#rf64;
    const bytes = size === UNKNOWN && this.#rf64 ? this.#rf64Data : size;
    this.#left = known && bytes !== UNKNOWN ? bytes : Infinity;
    this.#declared = this.#left === Infinity ? 0 : Math.floor(this.#left / this.#frameBytes());
    this.#state = 'data';
  }

  #frameBytes(): number {
    return this.#format === undefined ? 1 : (this.#format.channels * this.#format.bits) / 8;
  }

  #readFormat(view: DataView): WavFormat {
    let tag = view.getUint16(0, true);
    const channels = view.getUint16(2, true);
    const sampleRate = view.getUint32(4, true);
    const frameBytes = view.getUint16(12, true);
    const stated = view.getUint16(14, true);
    if (tag === EXTENSIBLE) {
      if (view.byteLength < 40)
        throw this.#broken(`has an extensible format chunk of ${view.byteLength} bytes, expected 40`);
      if (!GUID_TAIL.every((byte, i) => view.getUint8(26 + i) === byte))
        throw this.#unsupported(
          'has an unknown sub-format, expected PCM or float',
          'PCM or float',
          'unknown',
        );
      tag = view.getUint16(24, true);
    }
    if (tag !== PCM && tag !== FLOAT) {
      const codec = CODECS[tag] ?? `format ${tag}`;
      throw this.#unsupported(
        `is compressed (${codec}), expected PCM or float samples`,
        'PCM or float',
        codec,
      );
    }
    if (channels < 1 || channels > MOST_CHANNELS)
      throw this.#broken(`has ${channels} channels, expected 1 to ${MOST_CHANNELS}`);
    if (sampleRate === 0) throw this.#broken('has a sample rate of 0 Hz');
    // Samples fill whole bytes, left-justified; the frame size says how many.
    const bits = (frameBytes / channels) * 8;
    const encoding = tag === FLOAT ? 'float' : 'integer';
    const possible = encoding === 'float' ? [32, 64] : [8, 16, 24, 32];
    if (!possible.includes(bits) || stated > bits || stated <= (encoding === 'float' ? bits - 1 : bits - 8))
      throw this.#broken(
        `has ${encoding} samples of ${stated} bit in frames of ${frameBytes} bytes for ${channels} ` +
          `channel${channels === 1 ? '' : 's'}, expected ${possible.join(', ')} bit`,
      );
    const fullScale = { 8: 127, 16: 32767, 24: 32767 * 256, 32: 2147483647 }[bits] ?? 1;
    return { sampleRate, channels, bits, encoding, fullScale: encoding === 'float' ? 1 : fullScale };
  }

  #samples(bytes: Uint8Array): Float32Array {
    const format = this.#format!;
    const frameBytes = this.#frameBytes();
    const own = bytes.subarray(0, Math.min(bytes.length, this.#left));
    this.#left -= own.length;
    const all = this.#waiting.length > 0 ? joined(this.#waiting, own) : own;
    const frames = Math.floor(all.length / frameBytes);
    this.#waiting = all.slice(frames * frameBytes);
    this.#frames += frames;
    if (this.#frames > this.#maxSeconds * format.sampleRate)
      throw new SatnmfError(
        'too-large',
        `${this.#file}: is longer than ${this.#maxSeconds} s ("maxSeconds")`,
        {
          file: this.#file,
          argument: 'maxSeconds',
          expected: `at most ${this.#maxSeconds} s`,
          actual: `more than ${this.#maxSeconds} s`,
        },
      );
    if (this.#left === 0) this.#state = 'end';
    const values = new Float32Array(frames * format.channels);
    decode(values, new DataView(all.buffer, all.byteOffset, frames * frameBytes), format);
    return values;
  }

  #broken(what: string): SatnmfError {
    return new SatnmfError('bad-file', `${this.#file}: ${what}`, { file: this.#file });
  }

  #unsupported(what: string, expected: string, actual: string): SatnmfError {
    return new SatnmfError('unsupported', `${this.#file}: ${what}`, { file: this.#file, expected, actual });
  }
}

function decode(out: Float32Array, view: DataView, { bits, encoding }: WavFormat): void {
  const n = out.length;
  if (encoding === 'float' && bits === 32) for (let i = 0; i < n; i++) out[i] = view.getFloat32(4 * i, true);
  else if (encoding === 'float') for (let i = 0; i < n; i++) out[i] = view.getFloat64(8 * i, true);
  else if (bits === 8) for (let i = 0; i < n; i++) out[i] = view.getUint8(i) - 128;
  else if (bits === 16) for (let i = 0; i < n; i++) out[i] = view.getInt16(2 * i, true);
  else if (bits === 24)
    for (let i = 0; i < n; i++) out[i] = view.getUint16(3 * i, true) + view.getInt8(3 * i + 2) * 65536;
  else for (let i = 0; i < n; i++) out[i] = view.getInt32(4 * i, true);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b.slice();
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

const ascii = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);

/**
 * A whole WAV file.
 *
 * @throws {SatnmfError} as {@link WavReader.push} and {@link WavReader.finish}
 */
export function readWav(bytes: Uint8Array, options: WavOptions = {}): WavAudio {
  const reader = new WavReader(options);
  const values = reader.push(bytes);
  const warnings = reader.finish();
  return { format: reader.format!, values, warnings };
}
