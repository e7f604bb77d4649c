// What the script of a worker does: a Core, and the kinds of jobs that it knows.
import type { Core } from '../../core/index.js';
import type { JobKind } from '../../contract/index.js';
import { portOfThread } from './port.js';
import { serve, type Worker } from './serve.js';

// Kinds differ in their data, which is of no concern here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyKind = JobKind<any, any, any, any>;

/** Serves for as long as the thread lives. */
export async function serveKinds(load: () => Promise<Core>, kinds: readonly AnyKind[]): Promise<void> {
  // Compiled while the one who started this prepares its first job.
  const core = load();
  // What is wrong with it is told to the first job.
  core.catch(() => undefined);
  const workers = kinds.map((kind): [string, Worker] => [
    kind.name,
    async (shared, jobs) => kind.work(await core, shared, jobs),
  ]);
  serve(await portOfThread(), Object.fromEntries(workers));
}
