/**
 * The process `satnmf`.
 *
 * @module
 */
import { Interrupted } from './screen/exit-code.js';
import { run } from './run.js';

const interrupt = new AbortController();
// Once: whoever presses Ctrl-C a second time does not want to wait.
process.once('SIGINT', () => interrupt.abort(new Interrupted()));

// `satnmf … | head` closes the pipe: that is no failure, and nobody is left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// The exit code is set, not enforced: what was printed must get through the pipe first.
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
});
