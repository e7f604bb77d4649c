/**
 * The command line as a function: arguments and streams in, exit code out.
 *
 * @module
 */
import { type ExitCode, exitCodeOf, sentenceOf } from './screen/exit-code.js';
import { programFor } from './program.js';
import { screenOf, type Streams } from './screen/screen.js';

/**
 * Runs a command.
 *
 * @param args what follows `satnmf`
 * @returns the exit code; nothing is thrown
 *
 * @example
 * const code = await run(['evaluate', '--source', 'a.csv', '--target', 'b.csv'], { stdout, stderr });
 */
export async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const screen = screenOf(streams);
  try {
    await programFor(screen).parseAsync(args, { from: 'user' });
    return screen.exitCode();
  } catch (error) {
    // After an interruption, whatever else was thrown is only a consequence of it.
    const reason: unknown = screen.signal.aborted ? screen.signal.reason : error;
    const sentence = sentenceOf(reason);
    if (sentence !== null) screen.fail(sentence);
    return exitCodeOf(reason);
  }
}
