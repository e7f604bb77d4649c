// The one error of the package: a sentence for a person, a stable code for a program.

/** What went wrong, for programs. Codes are never renamed within a major version. */
export type ErrorCode =
  | 'bad-argument'
  | 'shape-mismatch'
  | 'not-finite'
  | 'negative-feature'
  | 'too-few-rows'
  | 'one-class'
  | 'no-common-emotion'
  | 'unknown-class'
  | 'too-large'
  | 'bad-file'
  | 'bad-model'
  | 'wrong-version'
  | 'unsupported'
  | 'no-simd'
  | 'csp'
  | 'internal';

/** Where and what: every field is optional, rows and columns count from 0 in memory and from 1 in files. */
export interface ErrorDetail {
  /** Name of the offending argument or option. */
  argument?: string;
  /** File the bytes came from. */
  file?: string;
  row?: number;
  column?: number;
  expected?: string;
  actual?: string;
  cause?: unknown;
}

/**
 * Every failure that satnmf foresees.
 *
 * @example
 * try { await satnmf({ r: 0 }).fit(task); }
 * catch (error) { if (error instanceof SatnmfError) console.error(error.code, error.message); }
 */
export class SatnmfError extends Error {
  readonly code: ErrorCode;
  readonly argument?: string;
  readonly file?: string;
  readonly row?: number;
  readonly column?: number;
  readonly expected?: string;
  readonly actual?: string;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    const { cause, ...where } = detail;
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SatnmfError';
    this.code = code;
    Object.assign(this, where);
  }
}
