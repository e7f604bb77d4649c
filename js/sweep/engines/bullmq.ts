// BullMQ, which is there only for those who install it: `npm install bullmq ioredis`.
import type * as Bullmq from 'bullmq';
import { quote } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';
import type { PointOutcome } from '../jobs.js';
import type { Options } from '../plan.js';
import type { Run } from '../../experiment/results/index.js';
import type { MethodName } from '../../methods/index.js';

/** Name of the queue unless another is asked for. */
export const QUEUE = 'satnmf';

/** A point as it lies in the queue, under its id. */
export interface QueuedPoint {
  readonly format: 1;
  /** Fingerprints of the corpora. */
  readonly source: string;
  readonly target: string;
  readonly classes: readonly string[];
  readonly method: MethodName;
  readonly options: Options;
  readonly sourceCv: number | null;
  readonly traces: boolean;
}

export interface Answer {
  readonly outcome: PointOutcome;
  readonly versions: Run['versions'];
  readonly finished: string;
}

/** @throws {SatnmfError} `unsupported`: it is not installed */
export async function loadBullmq(): Promise<typeof Bullmq> {
  // The name is put together so that the bundle leaves it alone.
  const name = ['bull', 'mq'].join('');
  try {
    return (await import(name)) as typeof Bullmq;
  } catch (cause) {
    throw new SatnmfError('unsupported', '"--redis" needs two packages: npm install bullmq ioredis', {
      cause,
    });
  }
}

/**
 * Waits for Redis however long it is gone.
 * @throws {SatnmfError} `bad-argument`: no URL of a Redis
 */
export function connectionTo(url: string): Bullmq.ConnectionOptions {
  if (!/^rediss?:\/\/[^/]/.test(url))
    throw new SatnmfError(
      'bad-argument',
      `"--redis" must be a URL such as redis://127.0.0.1:6379, got ${quote(url)}`,
      { argument: 'redis', actual: url },
    );
  return { url, maxRetriesPerRequest: null };
}

/** Says once that Redis is gone, and once that it is back. */
export function tellOutages(say: (sentence: string) => void): { lost: () => void; back: () => void } {
  let gone = false;
  return {
    lost() {
      if (!gone) say('Redis does not answer; waiting for it.');
      gone = true;
    },
    back() {
      if (gone) say('Redis answers again.');
      gone = false;
    },
  };
}
