/**
 * Memory: operands of a kernel in the arena of a Core, each between guard words.
 *
 * Guards, results not yet written and scratch hold one bit pattern that is NaN as f32 and as f64 and
 * far out of every range as i32: what is read by mistake shows in the result, what is written by
 * mistake shows in the guards.
 *
 * @module
 */
import type { Core } from '../../../js/core/core.js';
import type { Exports, Pointer } from '../../../js/core/exports.js';

/** The pattern, one 32-bit word. */
export const POISON = 0x7ff8dead;

export type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

interface Kind<T extends Numbers> {
  new (buffer: ArrayBuffer, at: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** An operand: its address and a copy of what it holds now. */
export interface Block<T extends Numbers> {
  readonly at: Pointer;
  readonly values: T;
}

/** Words from `begin` to `end` of memory, of which [from, to) are the operand's. */
interface Region {
  readonly begin: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
  /** What an input must still hold. */
  readonly fixed?: Uint32Array;
}

/** Bytes of guard on either side. */
const GUARD = 16;
/** Room kept free for the blocks of one case when one of them goes to the end of the memory. */
const ROOM = 4 << 20;

export class Memory {
  readonly e: Exports;
  readonly #core: Core;
  readonly #last: number;
  readonly #bytes: number;
  readonly #regions: Region[] = [];

  /** @param last the block that goes to the very end of the memory, where a read past it traps */
  constructor(core: Core, last = -1) {
    this.#core = core;
    this.e = core.exports;
    this.#last = last;
    if (last >= 0) core.reserve(ROOM, 'A test');
    this.#bytes = core.memoryBytes;
  }

  /** Blocks taken so far. */
  get blocks(): number {
    return this.#regions.length;
  }

  /** An operand that the kernel may only read; `skew` words off the arena's alignment. */
  input<T extends Numbers>(values: T, skew = 0): Block<T> {
    return this.#take(values.constructor as Kind<T>, values.length, skew, values, true);
  }

  /** An operand that the kernel reads and writes. */
  inout<T extends Numbers>(values: T, skew = 0): Block<T> {
    return this.#take(values.constructor as Kind<T>, values.length, skew, values, false);
  }

  /** A result that the kernel must write in full. */
  output<T extends Numbers>(kind: Kind<T>, length: number, skew = 0): Block<T> {
    return this.#take(kind, length, skew, undefined, false);
  }

  /** Poisoned bytes whose contents afterwards are nobody's business; 16-byte aligned, also at the end of the memory. */
  scratch(bytes: number): Pointer {
    return this.output(Int32Array, 4 * Math.ceil(bytes / 16)).at;
  }

  /** Throws unless every guard is intact and every input holds what it held. */
  check(): void {
    const { buffer } = this.e.memory;
    if (this.#last >= 0 && buffer.byteLength !== this.#bytes)
      throw new Error('the memory grew: the block at its end is no longer there');
    const words = new Uint32Array(buffer);
    this.#regions.forEach(({ begin, from, to, end, fixed }, i) => {
      const outside = (w: number): void => {
        if (words[w] !== POISON)
          throw new Error(
            `a guard of block ${i} was overwritten, ${w < from ? from - w : w - to + 1} words outside`,
          );
      };
      for (let w = begin; w < from; w++) outside(w);
      for (let w = to; w < end; w++) outside(w);
      if (fixed === undefined) return;
      for (let w = 0; w < fixed.length; w++)
        if (words[from + w] !== fixed[w])
          throw new Error(`input ${i} was overwritten at word ${w} of ${fixed.length}`);
    });
  }

  #take<T extends Numbers>(
    kind: Kind<T>,
    length: number,
    skew: number,
    values: T | undefined,
    fixed: boolean,
  ): Block<T> {
    const bytes = length * kind.BYTES_PER_ELEMENT;
    const last = this.#regions.length === this.#last;
    const before = GUARD + skew * 4;
    const begin = last
      ? this.#bytes - bytes - before
      : this.#core.alloc(Math.ceil((before + bytes) / 16) * 16 + GUARD);
    const at = begin + before;
    const end = last ? this.#bytes : Math.ceil((at + bytes) / 16) * 16 + GUARD;
    const { buffer } = this.e.memory;
    new Uint32Array(buffer, begin, (end - begin) / 4).fill(POISON);
    const view = (): T => new kind(this.e.memory.buffer, at, length);
    if (values !== undefined) (view() as Float64Array).set(values);
    this.#regions.push({
      begin: begin / 4,
      from: at / 4,
      to: (at + bytes) / 4,
      end: end / 4,
      ...(fixed && { fixed: new Uint32Array(buffer, at, bytes / 4).slice() }),
    });
    return {
      at,
      get values() {
        return view().slice() as T;
      },
    };
  }
}

/** Runs one case on guarded memory, checks the guards and gives the memory back. */
export function guarded<T>(core: Core, work: (memory: Memory) => T, last = -1): T {
  return core.scoped(() => {
    const memory = new Memory(core, last);
    const result = work(memory);
    memory.check();
    return result;
  });
}

/** Runs one case again and again, each time with another of its blocks at the end of the memory. */
export function atTheEnd(core: Core, work: (memory: Memory) => void): void {
  const blocks = guarded(core, (memory) => {
    work(memory);
    return memory.blocks;
  });
  for (let last = 0; last < blocks; last++) guarded(core, work, last);
}

/** Throws at the first value whose bits are not the expected ones. */
export function expectBits<T extends Numbers>(got: T, expected: T, what = 'value'): void {
  if (got.length !== expected.length)
    throw new Error(`${what}: ${expected.length} values expected, got ${got.length}`);
  const words = (a: T): Uint32Array => new Uint32Array(a.buffer, a.byteOffset, a.byteLength / 4);
  const [a, b] = [words(got), words(expected)];
  const step = got.BYTES_PER_ELEMENT / 4;
  for (let w = 0; w < a.length; w++)
    if (a[w] !== b[w]) {
      const i = Math.floor(w / step);
      throw new Error(`${what} ${i} of ${got.length}: expected ${expected[i]}, got ${got[i]}`);
    }
}

/** Throws at the first value further than `tolerance` (one for all, or one each) from the expected one. */
export function expectNear(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number | ArrayLike<number>,
  what = 'value',
): void {
  if (got.length !== expected.length)
    throw new Error(`${what}: ${expected.length} values expected, got ${got.length}`);
  for (let i = 0; i < got.length; i++) {
    const bound = typeof tolerance === 'number' ? tolerance : tolerance[i];
    if (!(Math.abs(got[i] - expected[i]) <= bound))
      throw new Error(
        `${what} ${i} of ${got.length}: expected ${expected[i]} within ${bound}, got ${got[i]}`,
      );
  }
}
