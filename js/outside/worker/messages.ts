// What workers and those who started them say to each other.
import { type ErrorCode, type ErrorDetail, SatnmfError } from '../../errors.js';

/** An error as plain data: errors lose their class between threads. */
export interface PlainError {
  /** Null for an error that is not satnmf's. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly detail: ErrorDetail;
}

export type ToWorker =
  | { readonly type: 'open'; readonly kind: string; readonly shared: unknown }
  | { readonly type: 'job'; readonly index: number; readonly input: unknown }
  /** No more jobs in this round; the one under way is not wanted any more. */
  | { readonly type: 'close' };

export type FromWorker =
  /** Its script runs, and is that of this version of the package. */
  | { readonly type: 'ready'; readonly version: string }
  | { readonly type: 'report'; readonly index: number; readonly progress: unknown }
  | { readonly type: 'done'; readonly index: number; readonly answer: unknown }
  /** A job, or the round on this worker, came to nothing. */
  | { readonly type: 'failed'; readonly error: PlainError }
  /** The answer to `close`: everything is given back. */
  | { readonly type: 'closed' };

export function plainError(error: unknown): PlainError {
  if (!(error instanceof SatnmfError))
    return { code: null, message: error instanceof Error ? error.message : String(error), detail: {} };
  const { code, message, argument, file, row, column, expected, actual } = error;
  const known = Object.entries({ argument, file, row, column, expected, actual });
  return { code, message, detail: Object.fromEntries(known.filter(([, value]) => value !== undefined)) };
}

export function errorOf({ code, message, detail }: PlainError): Error {
  return code === null ? new Error(message) : new SatnmfError(code, message, detail);
}
