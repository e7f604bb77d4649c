import { beforeAll, describe, expect, it } from 'vitest';
import { load } from '../../../../js/core/load.js';
import type { Task } from '../../../../js/contract/method.js';
import { methodByName } from '../../../../js/methods/registry.js';
import { shareWork } from '../../../../js/learn/fit/shared-work.js';
import { smallPair } from '../../cli/tables.js';

const FACTORS = { r: 4, trials: 2, maxIterations: 12 };

/** Methods and changes that meet whatever is kept: again, from before, and under another normalisation. */
const FITS: readonly (readonly [method: string, options: object])[] = [
  ['svm', { C: 1 }],
  ['svm', { C: 0.1 }],
  ['satnmf', FACTORS],
  ['satnmf', { ...FACTORS, C: 10 }],
  ['satnmf', { ...FACTORS, C: 0.1, codes: 'as-they-are', vote: 'majority' }],
  ['satnmf', { ...FACTORS, neighbours: 3 }],
  ['satnmf', { ...FACTORS, baseC: 1 }],
  ['satnmf', { ...FACTORS, gamma: 1, seed: 2 }],
  ['satnmf', { ...FACTORS, normalize: 'rank' }],
  ['satnmf', { ...FACTORS, C: 10 }],
  ['satnmf', { ...FACTORS, preset: 'paper' }],
  ['tnmf', FACTORS],
  ['snmf', FACTORS],
  ['kmm', { C: 1 }],
  ['kmm', { C: 10 }],
  ['ulsif', { C: 10, svm: 'ovo' }],
  ['ulsif', { C: 10, svm: 'ovo', seed: 3 }],
  ['fstsl', { r: 3, maxIterations: 3 }],
  ['fstsl', { r: 3, maxIterations: 3, C: 10 }],
  ['fstsl', { r: 3, maxIterations: 3, C: 10, delta: 5 }],
  ['fstsl', { r: 3, maxIterations: 3, svm: 'ovo', delta: 5 }],
  ['msda', { layers: 2 }],
  ['msda', { layers: 2, C: 10 }],
  ['msda', { layers: 2, C: 10, p: 0.3 }],
  ['msda', { layers: 2, svm: 'ovo', p: 0.3, seed: 2 }],
];

let task: Task;
beforeAll(async () => {
  task = await smallPair();
});

describe('fits that share their work', () => {
  it('give the bits of fits by themselves, whatever was fitted before', async () => {
    const [core, other] = [await load(), await load()];
    const before = core.exports.mark();
    await shareWork(core, async (shared) => {
      for (const [name, options] of FITS) {
        const method = methodByName(name, options);
        const alone = await method.fit(task, { core: other });
        const model = await method.fit(task, { core, shared });
        expect([name, options, model.toBytes()]).toEqual([name, options, alone.toBytes()]);
        expect(model.classify()).toEqual(alone.classify());
      }
    });
    expect(core.exports.mark()).toBe(before);
  });

  it('factorise once for every C, and report the same', async () => {
    const core = await load();
    await shareWork(core, async (shared) => {
      const reports: unknown[][] = [];
      for (const C of [1, 10]) {
        const own: unknown[] = [];
        await methodByName('satnmf', { ...FACTORS, C }).fit(task, {
          core,
          shared,
          onProgress: ({ phase, iteration, objective }) => own.push([phase, iteration, objective]),
        });
        reports.push(own);
      }
      expect(reports[1].filter((report) => (report as string[])[0] === 'factorize')).toEqual(
        reports[0].filter((report) => (report as string[])[0] === 'factorize'),
      );
    });
  });

  it.each([
    ['msda', { layers: 2 }, 'denoise', 1],
    ['fstsl', { r: 3, maxIterations: 3 }, 'subspace', 0],
  ] as const)('%s does what comes before its SVM once for every C', async (name, options, phase, left) => {
    const core = await load();
    await shareWork(core, async (shared) => {
      const counts: number[] = [];
      for (const C of [1, 10, 100]) {
        let count = 0;
        const onProgress = (progress: { phase: string }): void => void (count += +(progress.phase === phase));
        await methodByName(name, { ...options, C }).fit(task, { core, shared, onProgress });
        counts.push(count);
      }
      expect(counts[0]).toBeGreaterThan(left);
      expect(counts.slice(1)).toEqual([left, left]);
    });
  });

  it('go on after one that was cancelled, and one whose memory was not enough', async () => {
    const core = await load();
    const method = methodByName('satnmf', FACTORS);
    const alone = await method.fit(task);
    await shareWork(core, async (shared) => {
      const controller = new AbortController();
      const cancelled = method.fit(task, {
        core,
        shared,
        signal: controller.signal,
        onProgress: ({ phase }) => void (phase === 'factorize' && controller.abort(new Error('enough'))),
      });
      await expect(cancelled).rejects.toThrow('enough');
      await expect(
        methodByName('satnmf', { r: 65536, trials: 60 }).fit(task, { core, shared }),
      ).rejects.toThrow('wasm memory');
      expect((await method.fit(task, { core, shared })).toBytes()).toEqual(alone.toBytes());
    });
  });

  it('are of one task, on one Core', async () => {
    const core = await load();
    const other = await smallPair();
    const method = methodByName('svm');
    await shareWork(core, async (shared) => {
      await method.fit(task, { core, shared });
      await expect(method.fit(other, { core, shared })).rejects.toThrow('another task');
      await expect(method.fit(task, { core: await load(), shared })).rejects.toThrow('another task');
    });
  });
});
