/**
 * What every runtime is asked to do: bundled against the built package and run unchanged in all
 * six. `same` must come out equal everywhere; `about` is only printed.
 */
import * as index from 'satnmf';
import { extract } from 'satnmf/audio';
import * as methods from 'satnmf/methods';
import { recognise } from 'satnmf/recogniser';
import { signals } from '../js/audio/signals.js';
import { failuresOf } from '../js/contract/checks.js';
import { subjectsOf } from '../js/contract/subjects.js';

export interface JobResult {
  /** Compared between the runtimes, entry by entry. JSON values only. */
  readonly same: Readonly<Record<string, unknown>>;
  /** For the reader of the log: what the runtime says about itself, times. */
  readonly about: Readonly<Record<string, string | number>>;
}

/** One of each kind, for time's sake: Node (test/contract) and Bun (contract.ts) have all of them. */
const SUBJECTS = ['svm robust', 'tnmf paper', 'satnmf robust'];
const REPEATS = 20;

const satnmf = { ...index, ...methods };

async function sha256(data: Float32Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Digests of the features of ten signals, two of them resampled, by name. */
async function featureDigests(): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [name, signal] of Object.entries(signals()))
    digests[name] = await sha256(new Float32Array((await extract(signal)).features.data));
  return digests;
}

export async function runJob(): Promise<JobResult> {
  const began = Date.now();
  const features = await featureDigests();
  // The three lines of the README, on every runtime.
  const recognised = await recognise(Object.values(signals())[0], { force: true });
  const extracted = Date.now();
  const { digest } = await satnmf.fixedFitDigest();
  const digested = Date.now();
  const subjects = subjectsOf(satnmf).filter(({ name }) => SUBJECTS.includes(name));
  const failures = await failuresOf(satnmf, subjects, REPEATS);
  const seconds = {
    features: (extracted - began) / 1000,
    digest: (digested - extracted) / 1000,
    contract: (Date.now() - digested) / 1000,
  };
  return { same: { digest, features, recognised, subjects: subjects.length, failures }, about: seconds };
}
