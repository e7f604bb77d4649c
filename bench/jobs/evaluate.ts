/**
 * `evaluate` emodb → emovo, satnmf, preset robust: bench/subjects/end-to-end.ts. Reads tables and knows wide mode, so
 * it runs in Node only.
 */
import { type Core, load } from '../../js/core/index.js';
import { Factorization } from '../../js/learn/factor/index.js';
import type { Corpus } from '../../js/data/index.js';
import { evaluate, type Pair, pairOf } from '../../js/experiment/index.js';
import { satnmf } from '../../js/methods/satnmf/index.js';
import { loadWide } from '../../js/outside/node/index.js';
import { sharedTable } from '../data.js';
import { type Absent, isAbsent } from '../harness.js';
import type { Operations } from '../runtimes.js';

/** What one run came to. */
export interface Evaluated {
  readonly uar: number;
  /** Last objective of each trial. */
  readonly objectives: readonly number[];
  /** Sweeps of U, H and V of each running trial, iteration by iteration. */
  readonly counts: readonly (readonly (readonly [number, number, number])[])[];
  /** CPU seconds at the end of each phase. */
  readonly phases: Readonly<Record<string, number>>;
}

const method = satnmf();
let core: Core;
let pair: Pair;

/** Writes down how many steps each iteration takes while `work` runs. */
async function recorded(work: () => Promise<unknown>): Promise<Pick<Evaluated, 'counts' | 'objectives'>> {
  const counts: Evaluated['counts'][number][] = [];
  const objectives: number[] = [];
  const { step } = Factorization.prototype;
  Factorization.prototype.step = function () {
    const reports = step.call(this);
    counts.push(reports.map((report) => report.counts));
    reports.forEach(({ objective }, slot) => (objectives[slot] = objective.total));
    return reports;
  };
  try {
    await work();
  } finally {
    Factorization.prototype.step = step;
  }
  return { counts, objectives };
}

export const operations = {
  /** Reads the tables, or says which is absent. `wide` needs Node 24 or later. */
  open: async ({ wide = false }: { wide?: boolean }): Promise<Absent | undefined> => {
    const tables: Corpus[] = [];
    for (const name of ['emodb', 'emovo'] as const) {
      const table = await sharedTable(name);
      if (isAbsent(table)) return table;
      tables.push(table);
    }
    pair = pairOf(tables[0], tables[1]);
    core = await (wide ? loadWide() : load());
    return undefined;
  },
  task: () => ({ pair, options: method.options }),
  run: async (): Promise<Evaluated> => {
    const began = process.cpuUsage();
    const phases: Record<string, number> = {};
    const onProgress = ({ phase }: { phase: string }): void => {
      const { user, system } = process.cpuUsage(began);
      phases[phase] = (user + system) / 1e6;
    };
    let uar = 0;
    const steps = await recorded(async () => {
      uar = (await evaluate(method, pair, { core, onProgress })).evaluation.uar;
    });
    return { uar, ...steps, phases };
  },
} satisfies Operations;
