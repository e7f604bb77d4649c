import { describe, expect, it } from 'vitest';
import { partDone } from '../../../js/cli/screen/progress.js';
import type { Progress } from '../../../js/contract/method.js';
import { linearSvm, satnmf } from '../../../js/entries/index.js';
import { dbn } from '../../../js/entries/methods.js';
import { DECLARATIONS } from '../../../js/methods/registry.js';
import { fitWork } from '../../../js/methods/work.js';
import { pairOf } from '../contract/corpora.js';
import { whole } from '../contract/whole.js';

const at = (phase: string, iteration: number, iterations: number, trial = 0, trials = 5): Progress => ({
  phase,
  trial,
  trials,
  iteration,
  iterations,
});

describe('fitWork', () => {
  it('takes a factorisation for longer than an SVM, and a method without iterations for all start', () => {
    const [svm, nmf] = [fitWork(linearSvm(), 500), fitWork(satnmf(), 500)];
    expect(svm).toEqual({ name: 'svm', total: 500, start: 1, stages: {} });
    expect(nmf.total).toBeGreaterThan(svm.total);
    expect(nmf.start).toBeLessThan(0.1);
    expect(nmf.stages).toEqual({ factorize: [nmf.start, 1] });
  });

  it('counts every round, and says how many trials each has', () => {
    const [one, three] = [1, 3].map((rounds) => fitWork(satnmf({ trials: 4, rounds }), 500));
    expect(three.total - 500).toBeCloseTo(3 * (one.total - 500), 6);
    expect(three).toMatchObject({ trialsOfRound: 4 });
    expect(one).not.toHaveProperty('trialsOfRound');
  });

  it('takes more work from larger corpora, whatever the method', () => {
    for (const { make } of DECLARATIONS) {
      const [small, large] = [100, 1000].map((rows) => fitWork(make(), rows));
      expect(large.total).toBeGreaterThan(small.total);
    }
  });
});

describe('a network', () => {
  it('rises from phase to phase, and is at 1 when it is tuned', () => {
    const work = fitWork(dbn({ preset: 'paper' }), 1000);
    const phases = ['base svm', 'layer 1', 'layer 2', 'layer 3', 'fine-tuning'];
    const parts = phases.flatMap((phase) => [0, 50, 100].map((i) => partDone(at(phase, i, 100, 0, 1), work)));
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts.at(-1)).toBeCloseTo(1, 12);
    // The first layer is half of it, as measured; of a network as large as that the SVM is nothing.
    expect(parts[5] - parts[3]).toBeGreaterThan(0.4);
    expect(parts[5] - parts[3]).toBeLessThan(0.65);
    expect(work.start).toBeLessThan(0.01);
  });
});

it.each(DECLARATIONS.map((declared) => [declared.name, declared] as const))(
  '%s reports the long phases that it declares',
  async (_, { make, traits, work }) => {
    const method = make(traits?.small);
    const phases = new Set<string>();
    const { source, target } = pairOf(whole);
    await method.fit({ source, target }, { onProgress: ({ phase }) => void phases.add(phase) });
    const declared = Object.keys(work?.(method.options, 52) ?? {});
    expect(declared.filter((phase) => !phases.has(phase))).toEqual([]);
  },
);
