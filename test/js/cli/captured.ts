/**
 * Runs of the command line inside the test's process, with what they wrote.
 */
import { Writable } from 'node:stream';
import { run } from '../../../js/cli/run.js';
import type { Stream } from '../../../js/cli/screen/screen.js';
import { requireMarkdownTables } from './screen/markdown-tables.js';

export interface Captured {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface HowToRun {
  /** Both streams are terminals of 100 columns. */
  readonly terminal?: boolean;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Called with everything that is written to stderr, as it is written. */
  readonly onStderr?: (text: string) => void;
}

class Sink extends Writable {
  text = '';
  constructor(readonly listener: (text: string) => void = () => undefined) {
    super();
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.listener(chunk.toString());
    done();
  }
}

/** `satnmf …args` without a process. Whatever tables it prints must be Markdown. */
export async function captured(args: readonly string[], how: HowToRun = {}): Promise<Captured> {
  const [out, err] = [new Sink(), new Sink(how.onStderr)];
  const as = (sink: Sink): Stream =>
    how.terminal === true ? Object.assign(sink, { isTTY: true, columns: 100 }) : sink;
  const { env = {}, signal } = how;
  const code = await run(args, { stdout: as(out), stderr: as(err), env, ...(signal && { signal }) });
  requireMarkdownTables(out.text);
  return { code, out: out.text, err: err.text };
}
