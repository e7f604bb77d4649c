/**
 * The contract over every method with its defaults, as a job: for a runtime beside Node, where
 * test/contract has it with those of both presets.
 */
import * as index from 'satnmf';
import * as methods from 'satnmf/methods';
import { failuresOf } from '../js/contract/checks.js';
import { subjectsOf } from '../js/contract/subjects.js';
import type { JobResult } from './job.js';

/** Fits in a row that must leave the memory alone: a leak shows at the second. */
const REPEATS = 3;

export async function runJob(): Promise<JobResult> {
  const began = Date.now();
  const satnmf = { ...index, ...methods };
  const subjects = subjectsOf(satnmf).filter(({ name }) => !name.endsWith(' paper'));
  const failures = await failuresOf(satnmf, subjects, REPEATS);
  const names = subjects.map(({ name }) => name);
  return { same: { failures, names }, about: { seconds: (Date.now() - began) / 1000 } };
}
