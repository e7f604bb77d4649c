/**
 * Work that fits to the same task have in common: scaled features, packed rows, Gram matrix, base SVM, graph, factors.
 *
 * What is kept was computed by the same code from the same input as a fit by itself would, so that no bit of a result
 * depends on which fits were before.
 *
 * @module
 */
import type { Core, Exports, Pointer } from '../../core/index.js';
import {
  gram,
  gramBytes,
  gramScratchBytes,
  pack,
  packScratchBytes,
  samplesBytes,
} from '../../core/samples/index.js';
import { SatnmfError } from '../../errors.js';
import type { Keeper, PackedRows, SharedWork } from '../../contract/index.js';

type CheckedTask = Parameters<SharedWork['check']>[0];

/** Rows that stay there. */
interface Kept extends PackedRows {
  /** What decides about the rows. */
  readonly normalize: string;
  /** Of the instance whose memory they lie in; a trap replaces it. */
  readonly exports: Exports;
}

/** All options but those that a value does not depend on: a key, and all that its maker can read. */
export function allBut<O extends object, K extends keyof O>(options: O, ...names: readonly K[]): Omit<O, K> {
  const rest = Object.entries(options).filter(([name]) => !(names as readonly unknown[]).includes(name));
  return Object.fromEntries(rest) as Omit<O, K>;
}

/** Of a fit by itself. */
export const KEEPS_NOTHING: Keeper = { once: (_kind, key, make) => make(key) };

/** Results of a kind that are kept, unless its maker says otherwise: values of an axis come back to the base. */
const KEPT = 8;

/**
 * All fits must be of one task: the same source, and the same features of the target.
 *
 * Made by {@link shareWork}; by hand only on a Core that nobody else runs on.
 */
export class KeptWork implements SharedWork {
  readonly core: Core;
  readonly #kept = new Map<string, Map<string, unknown>>();
  readonly #floor: Pointer;
  #task: CheckedTask | null = null;
  #packed: Kept | null = null;

  constructor(core: Core) {
    this.core = core;
    this.#floor = core.exports.mark();
  }

  check(task: CheckedTask, core: Core): void {
    this.#task ??= task;
    const { source, target } = this.#task;
    const [own, other] = [source, task.source].map((one) => [one].flat());
    const same = own.length === other.length && own.every((one, q) => one === other[q]);
    if (core === this.core && same && target.features === task.target.features) return;
    throw new SatnmfError('bad-argument', '"shared" belongs to another task or Core', { argument: 'shared' });
  }

  once<K extends object, T>(kind: string, key: K, make: (key: K) => T, most = KEPT): T {
    const values = this.#kept.get(kind) ?? new Map<string, unknown>();
    this.#kept.set(kind, values);
    const name = JSON.stringify(key);
    if (values.has(name)) return values.get(name) as T;
    const value = make(key);
    values.set(name, value);
    // What failed or was cancelled is made anew.
    if (value instanceof Promise) value.catch(() => values.get(name) === value && values.delete(name));
    for (const oldest of values.keys()) if (values.size > most) values.delete(oldest);
    return value;
  }

  kept<T>(kind: string, key: object): T | undefined {
    return this.#kept.get(kind)?.get(JSON.stringify(key)) as T | undefined;
  }

  rows(normalize: string, { source, target }: Parameters<SharedWork['rows']>[1]): PackedRows {
    const { core } = this;
    const { exports } = core;
    const before = this.#packed;
    if (before?.exports === exports && before.normalize === normalize) return before;
    // Memory of an instance that trapped is gone anyway.
    if (before?.exports === exports) exports.release(this.#floor);
    this.#packed = null;
    const [N, d] = [source.rows + target.rows, source.cols];
    const scratch = Math.max(packScratchBytes(d), gramScratchBytes(N, d));
    core.reserve(samplesBytes(N, d) + gramBytes(N) + scratch, 'This fit');
    const mark = exports.mark();
    try {
      const samples = pack(core, source, target);
      const kept: Kept = { normalize, exports, samples, gram: gram(samples) };
      return (this.#packed = kept);
    } catch (error) {
      exports.release(mark);
      // Which knows what a trap is.
      return core.scoped(() => {
        throw error;
      });
    }
  }
}

/**
 * Lets fits to one task share what they have in common. The Core is theirs alone until `work` ends; what was kept is
 * given back then.
 *
 * @example
 * await shareWork(core, async (shared) => {
 *   for (const C of [0.1, 1, 10]) models.push(await satnmf({ C }).fit(task, { core, shared }));
 * });
 */
export function shareWork<T>(core: Core, work: (shared: SharedWork) => Promise<T>): Promise<T> {
  return core.exclusive(() => work(new KeptWork(core)));
}
