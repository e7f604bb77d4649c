/**
 * From the bytes of an audio file to a signal: WAV by our own reader, other formats by decoders that the
 * program registers.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';
import { readWav } from '../io/index.js';
import { mixdown, type Signal } from './signal.js';

/** Formats for which a decoder can be registered. */
export type CompressedFormat = 'mp3' | 'flac' | 'ogg';

/** What a decoder gives: one array a channel, full scale ±1. */
export interface DecodedAudio {
  readonly channelData: readonly Float32Array[];
  /** Hz. */
  readonly sampleRate: number;
}

/** Decodes a whole file. */
export type Decoder = (bytes: Uint8Array) => DecodedAudio | Promise<DecodedAudio>;

const decoders = new Map<CompressedFormat, Decoder>();

/**
 * Names the decoder for a format, for this thread; `undefined` takes it away.
 *
 * @example
 * import { MPEGDecoder } from 'mpg123-decoder';
 * registerDecoder('mp3', async (bytes) => {
 *   const decoder = new MPEGDecoder();
 *   await decoder.ready;
 *   try { return decoder.decode(bytes); } finally { decoder.free(); }
 * });
 */
export function registerDecoder(format: CompressedFormat, decoder: Decoder | undefined): void {
  if (decoder === undefined) decoders.delete(format);
  else decoders.set(format, decoder);
}

/** Whether a decoder is registered. */
export function hasDecoder(format: CompressedFormat): boolean {
  return decoders.has(format);
}

/** The compressed format that the first bytes of a file speak of, if any. */
export function compressedFormat(bytes: Uint8Array): CompressedFormat | undefined {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic === 'fLaC') return 'flac';
  if (magic === 'OggS') return 'ogg';
  // An ID3 tag, or the sync word of an MPEG audio frame (layer and rate not reserved).
  if (magic.startsWith('ID3')) return 'mp3';
  const [sync, kind = 0, rates = 0] = bytes;
  if (sync === 0xff && (kind & 0xe0) === 0xe0 && (kind & 6) !== 0 && (rates & 0xf0) !== 0xf0) return 'mp3';
  return undefined;
}

/** How the bytes of a file become a signal. */
export interface DecodeOptions {
  /** Name for messages. */
  file?: string;
  /** Longest signal in seconds. Default 43200 (12 hours). */
  maxSeconds?: number;
}

/** A signal with what is to be said about its file. */
export interface DecodedSignal extends Signal {
  readonly warnings: readonly string[];
}

/**
 * The signal in a WAV file, or in a file for whose format a decoder is registered; channels are mixed.
 *
 * @throws {SatnmfError} `bad-file`: broken, or no audio file; `unsupported`: a format without decoder,
 *   AIFF, compressed WAV; `too-large`: longer than `maxSeconds`
 */
export async function decode(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedSignal> {
  const file = options.file ?? 'audio';
  const format = compressedFormat(bytes);
  if (format === undefined) {
    const { format: wav, values, warnings } = readWav(bytes, { ...options, file });
    return {
      samples: mixdown(values, wav.channels, wav.fullScale),
      sampleRate: wav.sampleRate,
      derived: wav.channels > 1,
      warnings,
    };
  }
  const decoder = decoders.get(format);
  if (decoder === undefined)
    throw new SatnmfError(
      'unsupported',
      `${file}: is ${format.toUpperCase()}, for which no decoder is registered: call registerDecoder("${format}", …) ` +
        'or convert the file to WAV',
      { file, expected: 'WAV', actual: format },
    );
  return decodedBy(decoder, format, bytes, file, options.maxSeconds ?? 12 * 3600);
}

async function decodedBy(
  decoder: Decoder,
  format: CompressedFormat,
  bytes: Uint8Array,
  file: string,
  maxSeconds: number,
): Promise<DecodedSignal> {
  let audio: DecodedAudio;
  try {
    audio = await decoder(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SatnmfError('bad-file', `${file}: the ${format} decoder failed: ${reason}`, {
      file,
      cause: error,
    });
  }
  const { channelData, sampleRate } = audio;
  const length = channelData[0]?.length ?? 0;
  if (length === 0 || channelData.some((channel) => channel.length !== length))
    throw new SatnmfError('bad-file', `${file}: the ${format} decoder found no samples`, { file });
  if (length > maxSeconds * sampleRate)
    throw new SatnmfError('too-large', `${file}: is longer than ${maxSeconds} s ("maxSeconds")`, {
      file,
      argument: 'maxSeconds',
      expected: `at most ${maxSeconds} s`,
      actual: `${length / sampleRate} s`,
    });
  return {
    samples: mixdown(interleaved(channelData), channelData.length, 1),
    sampleRate,
    derived: true,
    warnings: [],
  };
}

function interleaved(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0];
  const values = new Float32Array(channels.length * channels[0].length);
  channels.forEach((channel, c) => {
    for (let i = 0; i < channel.length; i++) values[i * channels.length + c] = channel[i];
  });
  return values;
}
