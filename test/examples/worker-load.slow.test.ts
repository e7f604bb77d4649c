import { afterAll, describe, expect } from 'vitest';
import { itWith } from '../runtimes/all.js';
import { workerd } from '../runtimes/drivers/workerd.js';
import { fitModel, startWorker } from './edge-worker.js';
import { load, percentile, rise, totals } from './load.js';
import { exampleProject, removeProjects } from './project.js';

afterAll(removeProjects);

const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);

const installed = await workerd.find();

describe('the edge example under load', () => {
  itWith(
    'workerd',
    installed,
    'answers 1,000 requests, 50 of them malformed, and keeps no memory',
    async () => {
      const project = await exampleProject('worker');
      await fitModel(project);
      const worker = await startWorker(project);
      try {
        const found = await load(worker, 1000, 50);
        const { times, wrong } = found;
        const [p50, p95] = [0.5, 0.95].map((share) => percentile(times, share).toFixed(0));
        const bytes = totals(found);
        console.log(
          `3 s of speech: p50 ${p50} ms, p95 ${p95} ms; isolate ${mega(Math.min(...bytes))} to ` +
            `${mega(Math.max(...bytes))} MB, its floor rose by ${mega(rise(found))} MB in the second half`,
        );
        expect(wrong).toEqual([]);
        expect(times).toHaveLength(950);
        // 10 kB a request: one that kept its body would keep 96 kB, one that kept its features 25 kB.
        expect(rise(found)).toBeLessThan(500 * 10e3);
        expect(Math.max(...bytes)).toBeLessThan(128e6);
      } finally {
        await worker.dispose();
      }
    },
  );
});
