/**
 * The other side of the pool: a thread that extracts the files it is told.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, type ErrorDetail, SatnmfError } from '../../../errors.js';
import { extractFile, type FileResult, type FileTask, type Prepare } from './file.js';

/** What a thread is given at its start: compare.wasm, compiled once for all of them. */
export interface WorkerSetup {
  readonly module: WebAssembly.Module;
}

/** A file to extract. */
export interface WorkerQuestion {
  readonly index: number;
  readonly task: FileTask;
}

/** What came of it. */
export type WorkerAnswer =
  | { readonly index: number; readonly result: FileResult }
  | {
      readonly index: number;
      readonly error: {
        readonly code: ErrorCode | null;
        readonly message: string;
        readonly detail: ErrorDetail;
      };
    };

/** Answers every question of the thread that started this one. */
export function serveExtraction(prepare: Prepare): void {
  const { module } = workerData as WorkerSetup;
  parentPort?.on('message', ({ index, task }: WorkerQuestion) => {
    extractFile(task, module, prepare).then(
      (result) => {
        const answer: WorkerAnswer = { index, result };
        parentPort?.postMessage(answer, [result.features.data.buffer as ArrayBuffer]);
      },
      (error: Error) => parentPort?.postMessage({ index, error: plain(error) } satisfies WorkerAnswer),
    );
  });
}

function plain(error: Error): Extract<WorkerAnswer, { error: unknown }>['error'] {
  if (!(error instanceof SatnmfError)) return { code: null, message: error.message, detail: {} };
  const { code, message, argument, file, row, column, expected, actual } = error;
  const known = Object.entries({ argument, file, row, column, expected, actual });
  return { code, message, detail: Object.fromEntries(known.filter(([, value]) => value !== undefined)) };
}
