/**
 * What the tests know about a runtime.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundles } from './bundle.js';
import type { JobResult } from './job.js';

export interface Runtime {
  readonly name: string;
  /** Its version, or why it cannot run here. */
  find(): Promise<{ version: string } | { missing: string }>;
  /** Runs the job to its end, for at most {@link PATIENCE} unless told otherwise (processes only); rejects with what the runtime said if it did not get there. */
  run(job: Bundles, patience?: number): Promise<JobResult>;
}

/** Longest time a job may take anywhere, in milliseconds; a runtime that hangs fails, named. */
export const PATIENCE = 120_000;

/** test/runtimes, where they are installed; a bundle of this file elsewhere is told. */
export const home = process.env['SATNMF_RUNTIMES'] ?? fileURLToPath(new URL('.', import.meta.url));

/** A package of test/runtimes, or `undefined` where it is not installed. */
export function installed<T>(name: string): T | undefined {
  try {
    return createRequire(join(home, 'runtime.js'))(name) as T;
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The result that a runtime sent as text. */
export function parseResult(name: string, text: string): JobResult {
  let result: JobResult | { error: string };
  try {
    result = JSON.parse(text) as JobResult | { error: string };
  } catch {
    throw new Error(`${name} answered with something that is not JSON: ${text.slice(0, 500)}`);
  }
  if ('error' in result) throw new Error(`The job failed in ${name}: ${result.error}`);
  return result;
}

/** Rejects, naming the runtime, if `work` takes longer than {@link PATIENCE}. */
export async function withPatience<T>(name: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${name} gave no result within ${PATIENCE / 1000} s.`)),
      PATIENCE,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
