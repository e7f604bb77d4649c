/**
 * What a sweep reads: its plan, and the corpora that the plan names.
 *
 * @module
 */
import { dirname, resolve } from 'node:path';
import type { Corpus } from '../data/corpus.js';
import { pairOf } from '../experiment/evaluation.js';
import { type Plan, readPlan } from '../experiment/plan.js';
import { type Scheme, schemeOf } from '../experiment/points.js';
import { checkScheme } from '../experiment/schemes.js';
import { readText } from '../io/text.js';
import { readBytes } from '../node/files.js';
import { type Reader, readInput } from './inputs.js';

/** A plan with its data. */
export interface SweepInputs {
  readonly plan: Plan;
  readonly schemes: readonly Scheme[];
}

/**
 * Reads a plan and every corpus of it, once each. Paths in a plan are relative to its folder; a scheme that
 * is known by name finds its corpora under theirs, in the plan or beside it.
 *
 * @throws {SatnmfError} as `readPlan`, reading tables and `pairOf` do
 */
export async function readSweep(reader: Reader, file: string): Promise<SweepInputs> {
  const { signal } = reader.screen;
  const plan = readPlan(readText(await readBytes(file, { signal }), file), file);
  const corpora = new Map<string, Corpus>();
  const corpusOf = async (name: string): Promise<Corpus> => {
    const named = Object.hasOwn(plan.corpora, name);
    const path = resolve(dirname(file), named ? plan.corpora[name] : name);
    const read = corpora.get(name) ?? (await readInput(reader, path));
    const corpus = named ? { ...read, name } : read;
    corpora.set(name, corpus);
    return corpus;
  };
  const schemes: Scheme[] = [];
  for (const scheme of plan.schemes) {
    signal.throwIfAborted();
    const { name, source, target, emotions } =
      typeof scheme === 'string' ? checkScheme(scheme, { argument: 'schemes' }) : scheme;
    schemes.push(await schemeOf(name, pairOf(await corpusOf(source), await corpusOf(target), emotions)));
  }
  return { plan, schemes };
}
