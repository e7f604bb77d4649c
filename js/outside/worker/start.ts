// Starting workers, in whatever way the runtime has.
import { SatnmfError } from '../../errors.js';
import { checkWhole } from '../../data/index.js';
import { type Pool, ThreadPool } from './pool.js';
import { nodeThread, type NodeWorkers, type Thread, webThread } from './thread.js';

/** How to start workers. */
export interface WorkersOptions {
  /** How many, 1 to 256. Default: as many as the machine has cores, as far as the runtime tells. */
  count?: number;
  /**
   * Address of `worker-thread.js` of this package, or of a bundle of it. Default: beside this file, in the words
   * that bundlers look for.
   */
  url?: string | URL;
}

/** What a runtime is asked, beside the web's own. */
interface Host {
  readonly Worker?: unknown;
  readonly navigator?: { readonly hardwareConcurrency?: number; readonly userAgent?: string };
  readonly process?: { readonly versions?: { readonly node?: string } };
}

export interface Starters {
  /** For `new Worker` of the web. */
  readonly web: () => Worker;
  /** For Node. */
  readonly file: () => URL;
}

/** @throws {SatnmfError} as `startWorkers` */
export async function startPool(
  { web, file }: Starters,
  { count }: Pick<WorkersOptions, 'count'>,
): Promise<Pool> {
  if (count !== undefined) checkWhole('count', count, 1, 256);
  const host = globalThis as Host;
  const start = await threadsOf(host, web, file);
  const pool = new ThreadPool(count ?? (await cores(host)), () => readyThread(start()));
  try {
    await pool.fill();
  } catch (error) {
    await pool.terminate();
    throw error;
  }
  return pool;
}

async function threadsOf(host: Host, web: () => Worker, file: () => URL): Promise<() => Thread> {
  // workerd may look like Node, but has one thread.
  if (host.navigator?.userAgent === 'Cloudflare-Workers') throw none();
  if (typeof host.Worker === 'function') return () => webThread(web);
  if (host.process?.versions?.node === undefined) throw none();
  const workers = await fromNode<NodeWorkers>('worker_threads');
  return () => nodeThread(workers, file());
}

const none = (): SatnmfError =>
  new SatnmfError(
    'unsupported',
    'This runtime has no workers: fit without the option "workers", and the result is the same',
  );

/** Node's own modules. The name is put together so that bundlers for browsers do not look for it. */
function fromNode<T>(module: string): Promise<T> {
  const name = ['node', module].join(':');
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name) as Promise<T>;
}

async function cores(host: Host): Promise<number> {
  let found = host.navigator?.hardwareConcurrency;
  // Node 20 has no navigator.
  if (found === undefined && host.process?.versions?.node !== undefined)
    found = (await fromNode<{ availableParallelism(): number }>('os')).availableParallelism();
  return Math.min(256, Math.max(1, found ?? 1));
}

/** Milliseconds within which a script must run; a silent one is none of ours. */
const PATIENCE = 30_000;

/** Resolves when the thread's script runs. One of another version might give other bits. */
async function readyThread(thread: Thread): Promise<Thread> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const dead = (why: string): void =>
        reject(new SatnmfError('internal', `A worker did not start: ${why}`, { argument: 'url' }));
      timer = setTimeout(() => dead(`its script was silent for ${PATIENCE / 1000} s`), PATIENCE);
      thread.listener = {
        heard(answer) {
          const actual = answer.type === 'ready' ? answer.version : 'unknown';
          if (actual === __VERSION__) return resolve();
          const sentence = `The worker's script is of version ${actual} of satnmf, expected ${__VERSION__}`;
          reject(
            new SatnmfError('wrong-version', sentence, { argument: 'url', expected: __VERSION__, actual }),
          );
        },
        died: dead,
      };
    });
    return thread;
  } catch (error) {
    await thread.end();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
