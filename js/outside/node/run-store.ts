// Store of runs: a file that only grows, a line a run. What was written is on the disk before anything else happens.
import { type FileHandle, open, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { SatnmfError } from '../../errors.js';
import { latest, readRun, type Run, writeRun } from '../../experiment/results/index.js';
import { readBytes, type ReadOptions } from './files.js';

const NEWLINE = 10;

/** What the line of a run begins with ({@link writeRun}). */
const BEGINNING = '{"format":1,';

/** Milliseconds between two signs of life of a writer, and of silence after which it counts as dead (ours). */
const SIGN = 15_000;
const SILENCE = 60_000;

// Of locks, on which no result depends.
// eslint-disable-next-line no-restricted-globals
const now = (): number => Date.now();

/** Stores that this process writes. */
const own = new Set<string>();

/**
 * The runs of a store, in their order. A last line without its end was torn off while it was written: it does not
 * count.
 * @throws {SatnmfError} `bad-file`: no such file, a line that is no run, or a last one that is no part of one
 */
export async function readRunStore(file: string, options: ReadOptions = {}): Promise<Run[]> {
  return runsIn(await readBytes(file, options), file);
}

/**
 * All runs of several stores.
 * @throws {SatnmfError} `bad-file`: as {@link readRunStore}, or no run at all
 */
export async function readRunStores(files: readonly string[], options: ReadOptions = {}): Promise<Run[]> {
  const runs: Run[] = [];
  for (const file of files) runs.push(...(await readRunStore(file, options)));
  if (runs.length > 0) return runs;
  throw new SatnmfError('bad-file', `${files.join(', ')}: no run is complete yet`, { expected: 'runs' });
}

function runsIn(bytes: Uint8Array, file: string): Run[] {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const text = new TextDecoder().decode(bytes.subarray(0, end));
  const runs: Run[] = [];
  for (const [i, line] of text.split('\n').entries()) if (line !== '') runs.push(readRun(line, file, i + 1));
  refuseForeignTail(new TextDecoder().decode(bytes.subarray(end, end + BEGINNING.length)), file);
  return runs;
}

/** A last line without an end will be cut off, so it must be the beginning of a run, and not another text. */
function refuseForeignTail(tail: string, file: string): void {
  if (BEGINNING.startsWith(tail)) return;
  throw new SatnmfError(
    'bad-file',
    `${file}: is no store of runs: its last line has no line end and does not begin like a run`,
    { file, expected: BEGINNING, actual: tail },
  );
}

export class RunStore {
  readonly file: string;
  /** What the store holds, by id. */
  readonly runs: Map<string, Run>;
  readonly #handle: FileHandle;
  readonly #lock: string;
  readonly #alive: ReturnType<typeof setInterval>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, runs: Map<string, Run>, handle: FileHandle, lock: string) {
    this.file = file;
    this.runs = runs;
    this.#handle = handle;
    this.#lock = lock;
    const touch = (): void => void utimes(lock, now() / 1000, now() / 1000).catch(() => undefined);
    this.#alive = setInterval(touch, SIGN).unref();
  }

  /**
   * Opens a store to go on with, or a new one. A torn last line is cut off; a file that holds anything else
   * than runs is left as it is.
   * @throws {SatnmfError} `bad-file`: another process writes to it, it is no store, or it may not be written
   */
  static async open(file: string): Promise<RunStore> {
    const lock = await lockFor(file);
    try {
      const handle = await open(file, 'a+').catch((cause: unknown) => {
        throw new SatnmfError('bad-file', `${file}: cannot be written: ${sentence(cause)}`, { file, cause });
      });
      try {
        const bytes = await handle.readFile();
        const runs = latest(runsIn(bytes, file));
        await handle.truncate(bytes.lastIndexOf(NEWLINE) + 1);
        await handle.sync();
        await syncFolder(file);
        return new RunStore(file, runs, handle, lock);
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      await unlock(lock);
      throw error;
    }
  }

  /** Resolves when the run is on the disk. */
  append(run: Run): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      await this.#handle.writeFile(`${writeRun(run)}\n`);
      await this.#handle.sync();
      const before = this.runs.get(run.id);
      for (const [id, kept] of latest(before === undefined ? [run] : [before, run])) this.runs.set(id, kept);
    });
    return this.#writing;
  }

  /** Resolves when everything appended so far is on the disk. */
  written(): Promise<void> {
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    clearInterval(this.#alive);
    await this.#handle.close();
    await unlock(this.#lock);
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The name of a new file is on the disk once its folder is. */
async function syncFolder(file: string): Promise<void> {
  const folder = await open(dirname(file), 'r').catch(() => null);
  // Windows opens no folders.
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

async function unlock(lock: string): Promise<void> {
  own.delete(lock);
  await unlink(lock).catch(() => undefined);
}

/** A file beside the store that says who writes. That of a dead process is taken over. */
async function lockFor(file: string): Promise<string> {
  const lock = `${resolve(file)}.lock`;
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(lock, JSON.stringify({ host: hostname(), pid: process.pid }), { flag: 'wx' });
      own.add(lock);
      return lock;
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'))
        throw new SatnmfError('bad-file', `${file}: cannot be written: ${sentence(cause)}`, { file, cause });
    }
    const holder = await livingHolder(lock);
    if (holder !== null || attempt > 0)
      throw new SatnmfError('bad-file', `${file}: ${holder ?? 'another process'} writes to it`, {
        file,
        expected: 'one writer',
      });
    await unlink(lock).catch(() => undefined);
  }
}

/** Who holds a lock; null if nobody lives that does. */
async function livingHolder(lock: string): Promise<string | null> {
  try {
    const { host, pid } = JSON.parse(await readFile(lock, 'utf8')) as { host: string; pid: number };
    const who = `process ${pid} of ${host}`;
    // A restarted container may well have the name and the number of its predecessor.
    if (host === hostname()) return (pid === process.pid ? own.has(lock) : isRunning(pid)) ? who : null;
    const { mtimeMs } = await stat(lock);
    return now() - mtimeMs < SILENCE ? `${who} (a sign of life within ${SILENCE / 1000} s)` : null;
  } catch {
    // Gone meanwhile, or cut off while it was written.
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
