/**
 * What the edge example is sent: recordings, and what is none.
 */
import { wavFile } from '../js/audio/synthetic.js';
import { speech } from './project.js';

/** An answer of the example: of a recording, or what is wrong. */
export interface Answer {
  readonly emotion?: string;
  readonly confidence?: number;
  readonly shares?: Readonly<Record<string, number>>;
  readonly seconds?: number;
  readonly warnings?: readonly string[];
  readonly timings?: Readonly<Record<'upload' | 'features' | 'classify', number>>;
  readonly error?: string;
}

export async function ask(
  url: URL | string,
  body: Uint8Array | undefined,
  method = 'POST',
): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(url, { method, ...(body && { body: Buffer.from(body) }) });
  return { status: response.status, answer: (await response.json()) as Answer };
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const floats = (...values: number[]): Uint8Array => {
  const samples = Float32Array.from({ length: 4000 }, (_, i) => values[i % values.length]);
  return wavFile(new Uint8Array(samples.buffer), { float: true, bits: 32 });
};

/** Requests that must be refused: what they are, the status, and words of the sentence. */
export const MALFORMED: readonly {
  readonly what: string;
  readonly method?: string;
  readonly body?: Uint8Array;
  readonly status: number;
  readonly sentence: RegExp;
}[] = [
  { what: 'a GET', method: 'GET', status: 405, sentence: /by POST, not GET/ },
  { what: 'a PUT', method: 'PUT', body: speech(1), status: 405, sentence: /by POST, not PUT/ },
  { what: 'nothing', status: 400, sentence: /The body is empty/ },
  { what: 'words', body: text('{"audio":"…"}'), status: 400, sentence: /is not a WAV file/ },
  {
    what: 'a header without samples',
    body: speech(1).slice(0, 40),
    status: 400,
    sentence: /ends before its samples/,
  },
  { what: 'half a header', body: speech(1).slice(0, 9), status: 400, sentence: /first 12 bytes/ },
  { what: '10 ms', body: speech(1).slice(0, 44 + 320), status: 400, sentence: /at least 60 ms/ },
  { what: 'NaN', body: floats(0.1, NaN), status: 400, sentence: /sample 1 is NaN/ },
  { what: 'infinities', body: floats(0, 0, Infinity), status: 400, sentence: /sample 2 is Infinity/ },
  {
    what: 'samples without pause beyond full scale',
    body: floats(1e6),
    status: 400,
    sentence: /within ±1/,
  },
  { what: 'an MP3', body: Uint8Array.of(0xff, 0xfb, 0x90, 0, 0, 0), status: 415, sentence: /is MP3/ },
  { what: 'FLAC', body: text('fLaC….'), status: 415, sentence: /is FLAC/ },
  { what: 'AIFF', body: text('FORM....AIFF'), status: 415, sentence: /is an AIFF file/ },
  { what: '31 seconds', body: speech(31), status: 413, sentence: /longer than 30 s/ },
  { what: '13 MB', body: new Uint8Array(13e6), status: 413, sentence: /larger than 12000000 bytes/ },
  {
    what: 'a header of 64 channels',
    body: wavFile(new Uint8Array(1000), { channels: 65 }),
    status: 400,
    sentence: /65 channels/,
  },
  {
    what: 'a rate that nobody has',
    body: wavFile(new Uint8Array(8000), { sampleRate: 200_000 }),
    status: 415,
    sentence: /sample rate/,
  },
];
