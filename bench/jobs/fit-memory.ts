/**
 * Wasm memory of a fit under the runtime's own cap: bench/subjects/scaling.ts.
 */
import { load } from '../../js/core/index.js';
import { corpus, type Matrix, matrix } from '../../js/data/index.js';
import { satnmf } from '../../js/methods/satnmf/index.js';
import type { Operations } from '../runtimes.js';

const EMOTIONS = ['anger', 'fear', 'neutral', 'sadness'];

function features(rows: number, cols: number, seed: number): Matrix {
  const out = matrix(rows, cols);
  let state = seed;
  for (let i = 0; i < out.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out.data[i] = (state >>> 8) * 2 ** -24;
  }
  return out;
}

export const operations: Operations = {
  /** Bytes of wasm memory after one iteration of the preset `robust`, N rows of d features. */
  fit: async ({ N, d }: { N: number; d: number }) => {
    const core = await load();
    const emotion = Array.from({ length: N / 2 }, (_, i) => EMOTIONS[i % EMOTIONS.length]);
    const task = {
      source: corpus({ name: 'source', features: features(N / 2, d, 1), emotion }),
      target: corpus({ name: 'target', features: features(N / 2, d, 2) }),
    };
    await satnmf({ maxIterations: 1 }).fit(task, { core });
    return core.memoryBytes;
  },
};
