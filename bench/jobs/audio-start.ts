/**
 * Start-up of the extractor in a process where nothing of it has run: bench/subjects/extract.ts.
 */
import { compareModule, extract } from '../../js/entries/audio.js';
import { babble, fromPcm } from '../../test/js/audio/synthetic.js';
import type { Operations } from '../runtimes.js';

const second = { samples: fromPcm(babble(16000)), sampleRate: 16000 };

export const operations: Operations = {
  /** Milliseconds to the compiled module, and on to the features of one second. */
  start: async () => {
    const began = performance.now();
    const module = await compareModule();
    const compiled = performance.now();
    await extract(second, { module });
    return { compile: compiled - began, features: performance.now() - began };
  },
};
