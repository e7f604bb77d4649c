// Features of many audio files, several at a time. A file's features do not depend on how many threads there
// are, nor on which of them it meets.
import { setImmediate } from 'node:timers/promises';
import { compareModule } from '../../../audio/index.js';
import type { Workers } from '../../../contract/index.js';
import { errorOf } from '../../worker/index.js';
import { extractFile, type FileResult, type FileTask, widthOf } from './file.js';
import { writeCached } from './cache.js';
import { EXTRACTION, type FileAnswer } from './jobs.js';

export interface ExtractionOptions {
  /** Threads that do the jobs of {@link EXTRACTION}. Default: this one does all. */
  readonly workers?: Workers | undefined;
  readonly signal: AbortSignal;
  /** Called as files are done, in the order in which that happens. A throw ends everything. */
  readonly onDone: (index: number, outcome: FileResult | Error) => void;
  /** Called once if the cache cannot be written. */
  readonly onCacheProblem: (error: Error) => void;
}

/** Writes to the cache that are under way. After a failure nothing more is written. */
class CacheWrites {
  readonly #pending = new Set<Promise<void>>();
  #failed = false;

  constructor(readonly onProblem: (error: Error) => void) {}

  add({ level }: FileTask, { place, features }: FileResult): void {
    if (place === null || this.#failed) return;
    const write = writeCached(place, widthOf(level), features)
      .catch((error: Error) => {
        if (!this.#failed) this.onProblem(error);
        this.#failed = true;
      })
      .finally(() => this.#pending.delete(write));
    this.#pending.add(write);
  }

  async end(): Promise<void> {
    await Promise.all(this.#pending);
  }
}

/**
 * Extracts files. Returns when every file is done and the cache is written; until then the signal is heard.
 * @throws the signal's reason; whatever `onDone` throws; `internal` if a thread dies
 */
export async function extractFiles(
  tasks: readonly FileTask[],
  { workers, signal, onDone, onCacheProblem }: ExtractionOptions,
): Promise<void> {
  const writes = new CacheWrites(onCacheProblem);
  const done = (index: number, outcome: FileResult | Error): void => {
    if (!(outcome instanceof Error)) writes.add(tasks[index], outcome);
    onDone(index, outcome);
  };
  const module = await compareModule();
  try {
    if (workers === undefined) await extractHere(tasks, module, signal, done);
    else await extractOn(workers, tasks, module, signal, done);
  } finally {
    await writes.end();
  }
}

type Done = (index: number, outcome: FileResult | Error) => void;

async function extractHere(
  tasks: readonly FileTask[],
  module: WebAssembly.Module,
  signal: AbortSignal,
  done: Done,
): Promise<void> {
  for (const [index, task] of tasks.entries()) {
    // Ctrl-C is only heard between two turns of the event loop.
    await setImmediate();
    signal.throwIfAborted();
    done(index, await extractFile(task, module).catch((error: Error) => error));
  }
  await setImmediate();
  signal.throwIfAborted();
}

async function extractOn(
  workers: Workers,
  tasks: readonly FileTask[],
  module: WebAssembly.Module,
  signal: AbortSignal,
  done: Done,
): Promise<void> {
  const round = await workers.open<WebAssembly.Module, FileTask, never, FileAnswer>(EXTRACTION, module, {
    signal,
  });
  try {
    await round.all(tasks, {
      done: (index, answer) => done(index, 'error' in answer ? errorOf(answer.error) : answer),
    });
  } finally {
    round.close();
  }
}
