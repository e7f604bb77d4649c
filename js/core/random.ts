// Random numbers of the one generator, PCG32, which lives in the wasm core.
import type { Core } from './core.js';
import type { Pointer } from './exports.js';

/**
 * What a stream is for; the stream number is `16 * trial + purpose`. Folds and revealed rows are never drawn for the
 * same result.
 */
export const PURPOSE = {
  factors: 0,
  svm: 1,
  networkWeights: 2,
  networkSampling: 3,
  minibatches: 4,
  folds: 5,
  bootstrap: 6,
  demo: 7,
  search: 8,
  revealed: 5,
} as const;

/**
 * A stream of the generator. The core has a single state, so a stream seeds it anew and draws all
 * that it needs in one go; streams that are drawn from in turns are {@link Stream}s.
 */
export interface Random {
  /** 32 uniform bits. */
  next(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Forward Fisher–Yates shuffle in place; the same permutation as the kernel's. */
  shuffle(values: Int32Array): void;
}

/**
 * A stream that is drawn from again and again while others are, too: its state lies in the arena between two draws.
 */
export class Stream {
  readonly #core: Core;
  readonly #random: Random;
  readonly #state: Pointer;

  /** Takes {@link STREAM_BYTES} of the arena. */
  constructor(core: Core, seed: number, stream: number) {
    this.#core = core;
    this.#state = core.alloc(STREAM_BYTES);
    this.#random = random(core, seed, stream);
    core.exports.suspend(this.#state);
  }

  /** Draws the next numbers of the stream. */
  draw(work: (random: Random) => void): void {
    this.#core.exports.resume(this.#state);
    work(this.#random);
    this.#core.exports.suspend(this.#state);
  }
}

export const STREAM_BYTES = 16;

/** Seeds the generator: `seed` a whole number in [0, 2^53), `stream` in [0, 2^31). */
export function random(core: Core, seed: number, stream: number): Random {
  const { exports } = core;
  exports.seed(seed >>> 0, Math.floor(seed / 2 ** 32), stream);
  return {
    next: () => exports.next() >>> 0,
    below: (n) => exports.below(n) >>> 0,
    uniform: () => exports.uniform(),
    normal: () => exports.normal(),
    shuffle(values) {
      for (let i = 0; i < values.length - 1; i++) {
        const j = i + (exports.below(values.length - i) >>> 0);
        const value = values[i];
        values[i] = values[j];
        values[j] = value;
      }
    },
  };
}
