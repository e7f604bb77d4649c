/**
 * What every runtime is asked to do: bundled against the built package and run unchanged in all
 * six. `same` must come out equal everywhere; `about` is only printed.
 */
import * as satnmf from 'satnmf';
import { failuresOf } from '../contract/checks.js';
import { subjectsOf } from '../contract/subjects.js';

export interface JobResult {
  /** Compared between the runtimes, entry by entry. JSON values only. */
  readonly same: Readonly<Record<string, unknown>>;
  /** For the reader of the log: what the runtime says about itself, times. */
  readonly about: Readonly<Record<string, string | number>>;
}

/** One of each kind, for time's sake; Node runs the contract over all of them (test/contract/contract.test.ts). */
const SUBJECTS = ['svm robust', 'tnmf paper', 'satnmf robust'];
const REPEATS = 20;

export async function runJob(): Promise<JobResult> {
  const began = Date.now();
  const { digest } = await satnmf.fixedFitDigest();
  const digested = Date.now();
  const subjects = subjectsOf(satnmf).filter(({ name }) => SUBJECTS.includes(name));
  const failures = await failuresOf(satnmf, subjects, REPEATS);
  const seconds = { digest: (digested - began) / 1000, contract: (Date.now() - digested) / 1000 };
  return { same: { digest, subjects: subjects.length, failures }, about: seconds };
}
