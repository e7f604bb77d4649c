import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../../js/errors.js';
import type { JobKind, Workers } from '../../../../js/contract/workers.js';
import { type Pool, startWorkers } from '../../../../js/entries/worker.js';
import type { Odd } from './odd-jobs.js';
import { bundleScripts, type Scripts } from './scripts.js';

/** Done by odd-jobs.ts; the host needs its name only. */
const ODD: JobKind<null, Odd, string, number> = { name: 'odd', work: () => Promise.reject(new Error()) };

let scripts: Scripts;
let pool: Pool;

beforeAll(async () => {
  scripts = await bundleScripts();
  pool = await startWorkers({ count: 2, url: scripts.odd });
});
afterAll(async () => {
  await pool.terminate();
  scripts.remove();
});

async function round(jobs: readonly Odd[], workers: Workers = pool): Promise<number[]> {
  const opened = await workers.open(ODD, null);
  try {
    return await opened.all(jobs);
  } finally {
    opened.close();
  }
}

const refusal = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'nothing was refused',
    (reason: unknown) => reason,
  );

describe('a pool of workers', () => {
  it('spreads jobs over its workers, whoever is free takes the next', async () => {
    const [first, ...others] = await round(['slow', 'where', 'where', 'where']);
    expect(new Set(others).size).toBe(1);
    expect(others).not.toContain(first);
  });

  it('gives answers in the order of the jobs, and no answers for no jobs', async () => {
    const [slow, quick, last] = await round(['slow', 'where', 'slow']);
    expect(last).toBe(quick);
    expect(slow).not.toBe(quick);
    expect(await round([])).toEqual([]);
  });

  it('tells of every job when it reports and when it is done', async () => {
    const opened = await pool.open(ODD, null);
    const told: string[] = [];
    await opened.all(['where', 'where', 'where'], {
      report: (index, progress) => told.push(`${index} ${progress}`),
      done: (index) => told.push(`${index} done`),
    });
    opened.close();
    for (const index of [0, 1, 2])
      expect(told.filter((line) => line.startsWith(String(index)))).toEqual([
        `${index} begun`,
        `${index} done`,
      ]);
  });

  it('passes an error of a job on as the SatnmfError it was, and stays usable', async () => {
    const error = await refusal(round(['where', 'refuse', 'wait']));
    expect(error).toBeInstanceOf(SatnmfError);
    const { code, message, argument, row, actual } = error as SatnmfError;
    expect({ code, message, argument, row, actual }).toEqual({
      code: 'too-large',
      message: 'It needs 2 MB.',
      argument: 'r',
      row: 3,
      actual: '2 MB',
    });
    expect(await round(['where', 'where'])).toHaveLength(2);
  });

  it('passes other errors on by their message', async () => {
    expect(await refusal(round(['throw']))).toMatchObject({ message: 'out of range' });
    expect(await refusal(round(['unreadable']))).toMatchObject({
      message: expect.stringContaining('could not be cloned') as string,
    });
    expect(await round(['where'])).toHaveLength(1);
  });

  it('says that a worker died instead of waiting for it, and starts another', async () => {
    const error = (await refusal(round(['wait', 'die', 'wait']))) as SatnmfError;
    expect(error).toBeInstanceOf(SatnmfError);
    expect(error.code).toBe('internal');
    expect(error.message).toBe('A worker ended before its work was done: it ended with exit code 7');
    expect(new Set(await round(['slow', 'slow', 'slow', 'slow'])).size).toBe(2);
  });

  it('rejects with the reason of a signal that is aborted during, and cancels what runs', async () => {
    const cancel = new AbortController();
    const opened = await pool.open(ODD, null, { signal: cancel.signal });
    const work = opened.all(['wait', 'wait', 'wait']);
    cancel.abort('enough');
    expect(await refusal(work)).toBe('enough');
    // The next round waits for both, which "wait" would keep busy for ever if it were not cancelled.
    expect(await round(['where'])).toHaveLength(1);
    expect(await refusal(pool.open(ODD, null, { signal: cancel.signal }))).toBe('enough');
    expect(await round(['where'])).toHaveLength(1);
  });

  it('passes on what a listener throws', async () => {
    const opened = await pool.open(ODD, null);
    const thrown = new Error('not me');
    const work = opened.all(['where'], {
      done: () => {
        throw thrown;
      },
    });
    expect(await refusal(work)).toBe(thrown);
    expect(await round(['where'])).toHaveLength(1);
  });

  it('refuses what cannot be posted, and stays usable', async () => {
    const opened = await pool.open(ODD, null);
    expect(await refusal(opened.all([(() => 1) as unknown as Odd]))).toMatchObject({
      name: 'DataCloneError',
    });
    const shared = await pool.open(ODD, (() => 1) as unknown as null);
    expect(await refusal(shared.all(['where']))).toMatchObject({ name: 'DataCloneError' });
    expect(await round(['where'])).toHaveLength(1);
  });

  it('does one round after the other', async () => {
    const order: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const opened = await pool.open(ODD, null);
        order.push(`${name} opens`);
        await opened.all(['slow', 'where', 'where']);
        order.push(`${name} closes`);
        opened.close();
      }),
    );
    expect(order).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} opens`, `${name} closes`]));
  });

  it('says that the script does not know a kind of job', async () => {
    const opened = await pool.open({ ...ODD, name: 'even' }, null);
    const error = (await refusal(opened.all(['where']))) as SatnmfError;
    expect([error.code, error.message]).toEqual(['unsupported', 'The worker knows no jobs called even']);
    expect(await round(['where'])).toHaveLength(1);
  });
});

describe('ending a pool', () => {
  it('rejects what runs and what comes later, with a sentence, and may be repeated', async () => {
    const own = await startWorkers({ count: 1, url: scripts.odd });
    const opened = await own.open(ODD, null);
    const running = opened.all(['wait']);
    const waiting = own.open(ODD, null);
    const ended = own.terminate();
    for (const attempt of [running, waiting, own.open(ODD, null)]) {
      const error = (await refusal(attempt)) as SatnmfError;
      expect([error.code, error.argument]).toEqual(['bad-argument', 'workers']);
      expect(error.message).toContain('terminated');
    }
    await ended;
    await own.terminate();
  });
});

describe('starting workers', () => {
  it.each([0, 1.5, 257, NaN, 'two'])('refuses a count of %s', async (count) => {
    const error = (await refusal(startWorkers({ count: count as number }))) as SatnmfError;
    expect([error.code, error.argument]).toEqual(['bad-argument', 'count']);
  });

  it('says why a script does not start', async () => {
    for (const [name, word] of [
      ['absent', 'absent.mjs'],
      ['broken', 'out of order'],
    ] as const) {
      const error = (await refusal(startWorkers({ count: 2, url: scripts[name] }))) as SatnmfError;
      expect(error.code).toBe('internal');
      expect(error.message).toMatch(/^A worker did not start: /);
      expect(error.message).toContain(word);
    }
  });

  it('refuses the script of another version, which might give other bits', async () => {
    const error = (await refusal(startWorkers({ count: 1, url: scripts.older }))) as SatnmfError;
    expect([error.code, error.actual]).toEqual(['wrong-version', '0.0.1']);
  });
});
