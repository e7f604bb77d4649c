// Audio files as jobs of workers: what the threads of an extraction do.
import type { Job } from '../../../contract/index.js';
import { type PlainError, plainError } from '../../worker/index.js';
import { extractFile, type FileResult, type FileTask } from './file.js';

/** What came of a file; one that cannot be read does not keep the others from being read. */
export type FileAnswer = FileResult | { readonly error: PlainError };

/** The kind of these jobs. What they share is compare.wasm, compiled once for all threads. */
export const EXTRACTION = { name: 'extraction' } as const;

export async function extractJobs(
  module: WebAssembly.Module,
  jobs: AsyncIterable<Job<FileTask, never, FileAnswer>>,
): Promise<void> {
  for await (const { input, done } of jobs)
    done(await extractFile(input, module).catch((error: unknown) => ({ error: plainError(error) })));
}
