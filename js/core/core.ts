// Core: one instance of satnmf.wasm. The only room that sees pointers.
import { instantiateSync } from '@assemblyscript/loader';
import { SatnmfError } from '../errors.js';
import type { Exports, Pointer } from './exports.js';

/** Most that linear memory can be: 4 GiB less one page. */
export const MEMORY_LIMIT = 65535 * 65536;

/** The same where an isolate has 128 MB in all: workerd, edge-light. */
export const EDGE_MEMORY_LIMIT = 96 * 2 ** 20;

/** Rounds up to the arena's alignment. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/**
 * An instance of the wasm core with its memory. Work on it runs one task after another: a second
 * fit waits for the first. For parallel work make one Core a worker.
 */
export class Core {
  /** The compiled module, to hand to a worker: `load({ module })` there skips compiling. */
  readonly module: WebAssembly.Module;
  /** Cap of the wasm memory in bytes. */
  readonly maxBytes: number;
  #exports: Exports;
  #broken = false;
  #wide = false;
  #busy: Promise<void> = Promise.resolve();

  /** @internal Use `load()`. */
  constructor(module: WebAssembly.Module, maxBytes: number) {
    this.module = module;
    this.maxBytes = Math.min(maxBytes, MEMORY_LIMIT);
    this.#exports = instantiate(module);
  }

  /** Bytes of wasm memory held; it grows to the largest fit and is then reused. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** @internal Products in the form that V8 fuses (`loadWide` of satnmf/node). No bit depends on it. */
  widen(): void {
    this.#wide = true;
    this.exports.widen(1);
  }

  /** @internal The kernels. An instance that trapped is replaced by a fresh one at the next use. */
  get exports(): Exports {
    if (this.#broken) {
      this.#exports = instantiate(this.module);
      this.#broken = false;
      if (this.#wide) this.#exports.widen(1);
    }
    return this.#exports;
  }

  /**
   * @internal Runs `work` alone on this Core, with everything it allocates given back afterwards,
   * also when it fails.
   */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#busy;
    let free!: () => void;
    this.#busy = new Promise((resolve) => (free = resolve));
    await before;
    try {
      return await this.within(work);
    } finally {
      free();
    }
  }

  /** @internal As {@link exclusive}, for whoever has this Core alone already. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    const mark = this.exports.mark();
    try {
      return await work();
    } catch (error) {
      throw this.#explained(error);
    } finally {
      this.#release(mark);
    }
  }

  /** @internal As {@link exclusive} for work without a pause; may run between the pauses of another task. */
  scoped<T>(work: () => T): T {
    const mark = this.exports.mark();
    try {
      return work();
    } catch (error) {
      throw this.#explained(error);
    } finally {
      this.#release(mark);
    }
  }

  #release(mark: Pointer): void {
    if (!this.#broken) this.#exports.release(mark);
  }

  /** A trap is a bug of ours: the instance is not used again. */
  #explained(error: unknown): unknown {
    if (!(error instanceof WebAssembly.RuntimeError)) return error;
    this.#broken = true;
    return new SatnmfError('internal', `The wasm core trapped (${error.message}); please report this.`, {
      cause: error,
    });
  }

  /**
   * @internal Asks for the memory of a whole task at once.
   * @throws {SatnmfError} `too-large`: how many bytes it needs and how many there may be
   */
  reserve(bytes: number, what: string): void {
    const { mark, reserve } = this.exports;
    const needed = (mark() >>> 0) + bytes;
    if (needed > this.maxBytes || !reserve(bytes))
      throw new SatnmfError(
        'too-large',
        `${what} needs ${megabytes(needed)} of wasm memory, the cap is ${megabytes(this.maxBytes)}` +
          (needed > this.maxBytes ? '' : ' and the runtime refused to grow that far'),
        { expected: `at most ${this.maxBytes} bytes`, actual: `${needed} bytes` },
      );
  }

  /** @internal A block of the arena. */
  alloc(bytes: number): Pointer {
    if ((this.exports.mark() >>> 0) + bytes > this.maxBytes) this.reserve(bytes, 'This step');
    const block = this.exports.alloc(bytes) >>> 0;
    if (block === 0) this.reserve(bytes, 'This step');
    return block;
  }

  /** @internal A view, valid until the memory grows: use at once, never keep. */
  f32(at: Pointer, length: number): Float32Array {
    return new Float32Array(this.#exports.memory.buffer, at, length);
  }

  /** @internal */
  f64(at: Pointer, length: number): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, at, length);
  }

  /** @internal */
  i32(at: Pointer, length: number): Int32Array {
    return new Int32Array(this.#exports.memory.buffer, at, length);
  }
}

function instantiate(module: WebAssembly.Module): Exports {
  return instantiateSync(module, {}).exports as unknown as Exports;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e5) / 10} MB`;
}
