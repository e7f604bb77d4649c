/**
 * The process `satnmf`.
 *
 * @module
 */
import { Interrupted } from './screen/exit-code.js';
import { run } from './run.js';

const interrupt = new AbortController();
// Once: a second Ctrl-C ends the process at once.
process.once('SIGINT', () => interrupt.abort(new Interrupted()));

// `satnmf … | head` closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// The exit code is set, without process.exit(): what was printed must get through the pipe first.
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
});
