/**
 * The jobs that turn a file into its features, on a thread of the pool.
 *
 * @module
 */
import { decode, Extractor } from 'satnmf/audio';
import { pause } from '../../../js/core/index.js';
import type { JobKind } from '../../../js/contract/index.js';
import { plainError } from '../../../js/outside/worker/index.js';
import { checkFormat } from './decoders.js';
import { peaksOf } from './peaks.js';

export interface FileInput {
  readonly name: string;
  readonly file: Blob;
}

export type FileAnswer =
  | {
      /** One row of 6373. */
      readonly features: Float32Array;
      readonly seconds: number;
      readonly peaks: Float32Array;
      readonly warnings: readonly string[];
    }
  | { readonly sentence: string };

/** Seconds of signal between two looks at whether anybody still waits. */
const STRETCH = 1;

/** Longest recording in seconds: contours of a whole signal take memory, 34 kB a second. */
const LONGEST = 1800;

/** Told in between: the part of the signal that has been taken in. A file that cannot be read is an answer too. */
export const EXTRACT: JobKind<{ module: WebAssembly.Module }, FileInput, number, FileAnswer> = {
  name: 'extract',
  async work(_core, { module }, jobs) {
    for await (const { input, signal, report, done } of jobs) {
      const goOn = async (share: number): Promise<void> => {
        report(share);
        await pause();
        signal.throwIfAborted();
      };
      try {
        done(await answerTo(input, module, goOn));
      } catch (error) {
        if (signal.aborted) return;
        done({ sentence: plainError(error).message });
      }
    }
  },
};

async function answerTo(
  { name, file }: FileInput,
  module: WebAssembly.Module,
  goOn: (share: number) => Promise<void>,
): Promise<FileAnswer> {
  const bytes = await bytesOf(file, name);
  checkFormat(bytes, name);
  const {
    samples,
    sampleRate,
    derived = false,
    warnings,
  } = await decode(bytes, { file: name, maxSeconds: LONGEST });
  const extractor = new Extractor(module, {}, { sampleRate, channels: 1, derived, file: name });
  const stretch = STRETCH * sampleRate;
  for (let at = 0; at < samples.length; at += stretch) {
    await goOn(at / samples.length);
    extractor.push(samples.subarray(at, at + stretch));
  }
  const { features } = extractor.finish();
  return { features: features.data, seconds: samples.length / sampleRate, peaks: peaksOf(samples), warnings };
}

/** A file may have been moved or deleted since it was dropped. */
async function bytesOf(file: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name}: the browser cannot read it any more: ${why}`, { cause });
  }
}
