import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Method } from '../../../../js/entries/index.js';
import { whole as satnmf } from '../../contract/whole.js';
import { spreadProgress, type TrialsReport } from '../../../../js/learn/nmf/trials.js';
import { type Pool, startWorkers } from '../../../../js/entries/worker.js';
import { modelBits } from '../../contract/bits.js';
import type { Subject, Tools } from '../../contract/check.js';
import { CHECKS, toolsFor } from '../../contract/checks.js';
import { pairOf } from '../../contract/corpora.js';
import { subjectsOf } from '../../contract/subjects.js';
import { bundleScripts, type Scripts } from './scripts.js';

let scripts: Scripts;
let pool: Pool;

beforeAll(async () => {
  scripts = await bundleScripts();
  pool = await startWorkers({ count: 2, url: scripts.own });
});
afterAll(async () => {
  await pool.terminate();
  scripts.remove();
});

describe('a fit whose trials are spread over workers', () => {
  const pair = pairOf(satnmf);

  it.each([1, 2, 3])('has the bits of one thread on %d workers', async (count) => {
    const own = await startWorkers({ count, url: scripts.own });
    for (const preset of ['robust', 'paper'] as const) {
      const method = satnmf.satnmf({ preset, r: 5, trials: 7, maxIterations: 12 });
      const alone = await method.fit(pair);
      const spread = await method.fit(pair, { workers: own });
      expect(modelBits(spread, pair.fresh)).toBe(modelBits(alone, pair.fresh));
      expect(Buffer.from(spread.toBytes()).equals(alone.toBytes())).toBe(true);
      expect(spread.iterations).toEqual(alone.iterations);
    }
    await own.terminate();
  });

  it('works for several fits at once, on Cores of their own', async () => {
    const methods = [1, 2, 3].map((seed) => satnmf.satnmf({ r: 3, trials: 4, maxIterations: 5, seed }));
    const fits = methods.map(async (method) =>
      method.fit(pair, { workers: pool, core: await satnmf.load() }),
    );
    const bits = (await Promise.all(fits)).map((model) => modelBits(model, pair.fresh));
    for (const [i, method] of methods.entries())
      expect(bits[i]).toBe(modelBits(await method.fit(pair), pair.fresh));
  });

  it('copies rows that are part of a larger buffer by themselves', async () => {
    const { source, target } = pair;
    const whole = new Float32Array(source.features.data.length + 5);
    whole.set(source.features.data, 5);
    const part = { ...source.features, data: whole.subarray(5) };
    const task = { source: { ...source, features: part }, target };
    const method = satnmf.snmf({ r: 3, trials: 2, maxIterations: 4, normalize: 'none' });
    const spread = await method.fit(task, { workers: pool });
    expect(modelBits(spread, pair.fresh)).toBe(modelBits(await method.fit(pair), pair.fresh));
  });

  it('says the same of a task that is refused', async () => {
    const broken = { ...pair.source, features: satnmf.matrix(pair.source.features.rows, 3) };
    const fit = satnmf.satnmf({ trials: 2 }).fit({ source: broken, target: pair.target }, { workers: pool });
    await expect(fit).rejects.toMatchObject({ name: 'SatnmfError', code: 'shape-mismatch' });
  });
});

/** The contract with every fit on workers, but for checks of the memory of a single thread. */
const SINGLE = /takes the memory that was computed|says how many bytes it needs|side by side or one after/;

const subjects = subjectsOf(satnmf)
  .filter(({ name }) => /^(satnmf robust|tnmf paper)$/.test(name))
  .map((subject): Subject => {
    const make: Subject['make'] = (change) => {
      const method = subject.make(change);
      const onWorkers = (own: Method): Method => ({
        ...own,
        with: (other) => onWorkers(own.with(other)),
        fit: (task, how) => own.fit(task, { ...how, workers: pool }),
      });
      return Object.freeze(onWorkers(method));
    };
    return { ...subject, name: `${subject.name} on workers`, make };
  });

describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_, subject) => {
  let tools: Tools;
  beforeAll(async () => {
    tools = await toolsFor(satnmf, subject, 10);
  });
  const checks = CHECKS.filter(({ name }) => !SINGLE.test(name));
  it.each(checks.map((check) => [check.name, check] as const))('%s', (_name, check) =>
    check.run(subject, tools),
  );
});

describe('progress of trials on workers', () => {
  it('counts trials that are done, and never falls while it does', () => {
    const told: TrialsReport[] = [];
    const { report, done } = spreadProgress({ first: 0, count: 5 }, 2, (progress) => told.push(progress));
    const says = (index: number, iteration: number): void =>
      report?.(index, { trial: index, iteration, objective: index });
    says(0, 1);
    says(1, 1);
    says(0, 2);
    done?.(0, []);
    says(2, 1);
    says(1, 2);
    done?.(1, []);
    says(2, 4);
    says(3, 1);
    done?.(2, []);
    says(4, 2);
    says(3, 4);
    done?.(3, []);
    says(4, 3);
    expect(told.map(({ trial, iteration }) => [trial, iteration])).toEqual([
      [0, 0],
      [0, 1],
      [0, 1],
      [1, 1],
      [1, 1],
      [2, 2],
      [2, 2],
      [3, 1],
      [3, 3],
      [4, 3],
    ]);
  });
});
