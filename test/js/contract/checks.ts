/**
 * The contract of a method: one list of checks for every method on every runtime (architecture.md, One contract for
 * all methods).
 */
import type { Core } from 'satnmf';
import type { Check, Package, Subject, Tools } from './check.js';
import { DETERMINISM_CHECKS } from './checks/determinism.js';
import { MEMORY_CHECKS } from './checks/memory.js';
import { OPTION_CHECKS } from './checks/options.js';
import { PREDICTION_CHECKS } from './checks/predictions.js';
import { RUNNING_CHECKS } from './checks/running.js';
import { SEVERAL_SOURCES_CHECKS } from './checks/several-sources.js';
import { SHAPE_CHECKS } from './checks/shapes.js';
import { SMALL_TARGET_CHECKS } from './checks/small-targets.js';
import { STORAGE_CHECKS } from './checks/storage.js';

export const CHECKS: readonly Check[] = [
  ...OPTION_CHECKS,
  ...DETERMINISM_CHECKS,
  ...PREDICTION_CHECKS,
  ...SHAPE_CHECKS,
  ...SEVERAL_SOURCES_CHECKS,
  ...SMALL_TARGET_CHECKS,
  ...STORAGE_CHECKS,
  ...RUNNING_CHECKS,
  ...MEMORY_CHECKS,
];

/** Tools on one shared Core; figures are written into `figures` under the subject's name. */
export async function toolsFor(
  satnmf: Package,
  { name }: Subject,
  repeats: number,
  figures: Record<string, number> = {},
): Promise<Tools> {
  const core: Core = await satnmf.load();
  const { module } = core;
  return {
    satnmf,
    core,
    fresh: (maxBytes) => satnmf.load(maxBytes === undefined ? { module } : { module, maxBytes }),
    repeats,
    figure: (what, value) => void (figures[`${name}: ${what}`] = value),
  };
}

/** One line for each check that fails, with its name and the reason; none if the contract is kept. */
export async function failuresOf(
  satnmf: Package,
  subjects: readonly Subject[],
  repeats: number,
): Promise<string[]> {
  const failures: string[] = [];
  for (const subject of subjects) {
    const tools = await toolsFor(satnmf, subject, repeats);
    for (const { name, run } of CHECKS)
      try {
        await run(subject, tools);
      } catch (error) {
        failures.push(`${subject.name} ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
  }
  return failures;
}
