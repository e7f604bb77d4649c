/**
 * Many requests to the edge example, one after the other: most of them 3 s of something like speech, some malformed.
 */
import type { EdgeWorker, IsolateMemory } from './edge-worker.js';
import { speech } from './project.js';
import { ask, MALFORMED } from './requests.js';

export interface Load {
  /** Milliseconds of each recording's request, from the client's side. */
  readonly times: readonly number[];
  /** Sentences about answers that were not what they should be. */
  readonly wrong: readonly string[];
  /** After every fiftieth of the requests. */
  readonly memory: readonly IsolateMemory[];
}

/** How often the memory is looked at: V8 frees buffers when it likes, and few looks may miss every low. */
const LOOKS = 50;

/** @param malformed how many of `requests`, evenly spread */
export async function load(worker: EdgeWorker, requests: number, malformed: number): Promise<Load> {
  // Of several voices, so that answers differ.
  const recordings = Array.from({ length: 8 }, (_, i) => speech(3, i + 1));
  const expected = await Promise.all(
    recordings.map(async (wav) => (await ask(worker.url, wav)).answer.emotion),
  );
  const times: number[] = [];
  const wrong: string[] = [];
  const memory: IsolateMemory[] = [];
  const every = Math.floor(requests / malformed);
  for (let i = 0; i < requests; i++) {
    if (i % every === every - 1) {
      const bad = MALFORMED[Math.floor(i / every) % MALFORMED.length];
      const { status } = await ask(worker.url, bad.body, bad.method);
      if (status !== bad.status) wrong.push(`${bad.what}: ${status} instead of ${bad.status}`);
    } else {
      const began = performance.now();
      const { status, answer } = await ask(worker.url, recordings[i % recordings.length]);
      times.push(performance.now() - began);
      if (status !== 200 || answer.emotion !== expected[i % recordings.length])
        wrong.push(`recording ${i}: ${status} ${answer.emotion ?? answer.error}`);
    }
    if ((i + 1) % Math.floor(requests / LOOKS) === 0) memory.push(await worker.memory());
  }
  return { times, wrong, memory };
}

/** Bytes in all, at every look. */
export const totals = ({ memory }: Load): number[] => memory.map(({ heap, buffers }) => heap + buffers);

/**
 * Bytes by which the floor of the memory rises from the first half of the requests to the second: what nobody frees
 * is there at every look.
 */
export function rise(load: Load): number {
  const all = totals(load);
  const half = all.length / 2;
  return Math.min(...all.slice(half)) - Math.min(...all.slice(0, half));
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
