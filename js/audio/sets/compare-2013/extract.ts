/**
 * The ComParE-2013 features of a signal or of an audio file.
 *
 * @module
 */
import { type Matrix, matrix } from '../../../data/index.js';
import { SatnmfError } from '../../../errors.js';
import { decode, type DecodeOptions } from '../../decoders.js';
import { Extractor, type ExtractorOptions, type Rows } from './extractor.js';
import { compareModule } from '../../load.js';
import { remarksOnSignal, type SignalRemark } from '../../signal-remarks.js';
import type { Signal } from '../../signal.js';

/** What {@link extract} does. */
export interface ExtractOptions extends ExtractorOptions, DecodeOptions {}

/** Features of a signal. */
export interface Extraction {
  /** Names of the columns: 6373 (`functionals`) or 65 (`lld`). */
  readonly names: readonly string[];
  /** `rows x names.length`: one row, or one a window, or one every 10 ms (`lld`). */
  readonly features: Matrix;
  /** Where each row's stretch of signal begins, in seconds. */
  readonly start: Float64Array;
  /** Length of the signal. */
  readonly seconds: number;
  /** What the samples tell of the recording: `clipped`, `too short`. */
  readonly remarks: readonly SignalRemark[];
  /** Sentences that the user should read: a file that is cut off, samples beyond full scale. */
  readonly warnings: readonly string[];
}

/** Beyond this, samples are not just clipped: they are in other units than full scale ±1. */
const SUSPICIOUS = 2;

/**
 * Extracts the features of a signal, or of a WAV file (other formats: `registerDecoder`).
 *
 * Everything becomes 16 kHz mono first. The values agree with the reference program's to the last bit or
 * nearly so; they are the same on every runtime. Digital silence is a signal like any other.
 *
 * @example
 * const { names, features } = await extract(await readFile('hello.wav'), { file: 'hello.wav' });
 * features.data[names.indexOf('F0final_sma_amean')];      // mean pitch, Hz
 *
 * @throws {SatnmfError} `bad-file`, `unsupported`, `too-large`: as `decode()`; `bad-argument`: an option
 *   or the signal; `not-finite`: a sample that is not a number
 */
export async function extract(input: Signal | Uint8Array, options: ExtractOptions = {}): Promise<Extraction> {
  const module = options.module ?? (await compareModule());
  let signal: Signal;
  let warnings: readonly string[] = [];
  let file = options.file;
  if (input instanceof Uint8Array) {
    file ??= 'audio';
    const decoded = await decode(input, options);
    signal = decoded;
    warnings = decoded.warnings;
  } else signal = checkedSignal(input);
  const { samples, sampleRate, derived = false } = signal;
  const extractor = new Extractor(module, options, { sampleRate, channels: 1, derived, file });
  const { features, start } = together([extractor.push(samples), extractor.finish()]);
  if (extractor.largest > SUSPICIOUS)
    warnings = [
      ...warnings,
      `${file ?? 'The signal'}: samples reach ${extractor.largest.toFixed(1)}, full scale is 1: are they in other units?`,
    ];
  return {
    names: extractor.names,
    features,
    start,
    seconds: samples.length / sampleRate,
    remarks: remarksOnSignal(signal),
    warnings,
  };
}

function checkedSignal(signal: Signal): Signal {
  if (signal?.samples instanceof Float32Array) return signal;
  throw new SatnmfError(
    'bad-argument',
    `extract() takes a signal ({ samples: Float32Array, sampleRate }) or the bytes of a file (Uint8Array)`,
    { argument: 'signal', expected: 'a signal or a Uint8Array', actual: typeof signal },
  );
}

function together(parts: readonly Rows[]): Rows {
  const filled = parts.filter(({ features }) => features.rows > 0);
  if (filled.length === 1) return filled[0];
  const rows = filled.reduce((sum, { features }) => sum + features.rows, 0);
  const cols = parts[0].features.cols;
  const features = matrix(rows, cols);
  const start = new Float64Array(rows);
  let at = 0;
  for (const part of filled) {
    features.data.set(part.features.data, at * cols);
    start.set(part.start, at);
    at += part.features.rows;
  }
  return { features, start };
}
