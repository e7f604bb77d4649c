/**
 * What every runtime is asked to do: bundled against the built package and run unchanged in all
 * six. `same` must come out equal everywhere; `about` is only printed.
 */
import { fixedFitDigest } from 'satnmf';

export interface JobResult {
  /** Compared between the runtimes, entry by entry. JSON values only. */
  readonly same: Readonly<Record<string, unknown>>;
  /** For the reader of the log: what the runtime says about itself, times. */
  readonly about: Readonly<Record<string, string | number>>;
}

export async function runJob(): Promise<JobResult> {
  const began = Date.now();
  const { digest } = await fixedFitDigest();
  return { same: { digest }, about: { seconds: (Date.now() - began) / 1000 } };
}
