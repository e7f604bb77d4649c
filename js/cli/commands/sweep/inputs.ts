/**
 * What a sweep reads: its plan, and the corpora that the plan names.
 *
 * @module
 */
import { dirname, resolve } from 'node:path';
import type { Corpus } from '../../../data/corpus.js';
import { pairOf } from '../../../experiment/evaluation.js';
import { type Plan, readPlan } from '../../../sweep/plan.js';
import { type Scheme, schemeOf } from '../../../sweep/points.js';
import { checkScheme } from '../../../experiment/schemes.js';
import { readText } from '../../../io/text.js';
import { readBytes } from '../../../outside/node/files.js';
import { filesOfInputs, type Reader, readInput } from '../../input/inputs.js';

/** A plan with its data. */
export interface SweepInputs {
  readonly plan: Plan;
  readonly schemes: readonly Scheme[];
  /** All that was read, which nothing may be written onto: the plan, and the files of its corpora. */
  readonly files: readonly string[];
}

/**
 * Reads a plan and every corpus of it, once each. Paths in a plan are relative to its folder; a scheme that
 * is known by name finds its corpora under theirs, in the plan or beside it.
 *
 * @param check called with the plan and the files of its corpora before any of these is read, which may take an hour
 * @throws {SatnmfError} as `readPlan`, reading tables, `pairOf` and `check` do
 */
export async function readSweep(
  reader: Reader,
  file: string,
  check: (files: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<SweepInputs> {
  const { signal } = reader.screen;
  const plan = readPlan(readText(await readBytes(file, { signal }), file), file);
  const planned = plan.schemes.map((scheme) =>
    typeof scheme === 'string' ? checkScheme(scheme, { argument: 'schemes' }) : scheme,
  );
  const isNamed = (name: string): boolean => Object.hasOwn(plan.corpora, name);
  const pathOf = (name: string): string => resolve(dirname(file), isNamed(name) ? plan.corpora[name] : name);
  const names = new Set(planned.flatMap(({ source, target }) => [source, target]));
  const files = [file, ...(await filesOfInputs([...names].map(pathOf)))];
  await check(files);
  const corpora = new Map<string, Corpus>();
  const corpusOf = async (name: string): Promise<Corpus> => {
    const read = corpora.get(name) ?? (await readInput(reader, pathOf(name)));
    const corpus = isNamed(name) ? { ...read, name } : read;
    corpora.set(name, corpus);
    return corpus;
  };
  const schemes: Scheme[] = [];
  for (const { name, source, target, emotions } of planned) {
    signal.throwIfAborted();
    schemes.push(await schemeOf(name, pairOf(await corpusOf(source), await corpusOf(target), emotions)));
  }
  return { plan, schemes, files };
}
