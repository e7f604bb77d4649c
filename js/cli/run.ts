/**
 * The command line as a function: arguments and streams in, exit code out.
 *
 * @module
 */
import { Command } from 'commander';
import { corporaCommand } from './corpora.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor.js';
import { evaluateCommand } from './evaluate.js';
import { type ExitCode, exitCodeOf, sentenceOf } from './exit-code.js';
import { extractCommand } from './extract.js';
import { fitCommand } from './fit.js';
import { inspectCommand } from './inspect.js';
import { plotCommand } from './plot.js';
import { predictCommand } from './predict.js';
import { reportCommand } from './report.js';
import { type Screen, type Streams, screenOf } from './screen.js';
import { sweepCommand } from './sweep.js';

const EXAMPLES = `
Tables are .npy files (with a .csv of file, speaker and emotion beside them), .csv or .arff files; a row is an
utterance. Results go to stdout, everything else to stderr.

Examples:
  satnmf demo                                                   an example with real speech, nothing to prepare
  satnmf evaluate --source emodb.npy --target recordings.csv    how well would it do?
  satnmf predict recordings.csv --source emodb.npy              emotion of each recording
  satnmf evaluate --help                                        options and examples of a command

Exit codes: 0 done, 1 partly done or failed, 2 wrong arguments or input, 130 interrupted.
`;

type MakeCommand = (screen: Screen, exit: (code: ExitCode) => void) => Command;

const COMMANDS: readonly MakeCommand[] = [
  demoCommand,
  extractCommand,
  evaluateCommand,
  fitCommand,
  predictCommand,
  sweepCommand,
  reportCommand,
  plotCommand,
  inspectCommand,
  corporaCommand,
  doctorCommand,
];

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
  let code: ExitCode = 0;
  const program = new Command('satnmf')
    .description(
      'Cross-corpus speech emotion recognition: what a labelled corpus teaches about an unlabelled one.',
    )
    .version(__VERSION__, '-v, --version', 'print the version')
    .addHelpText('after', EXAMPLES);
  for (const make of COMMANDS) program.addCommand(make(screen, (worst) => void (code = worst)));
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  for (const command of all(program))
    command
      .exitOverride()
      .helpOption('-h, --help', 'say what it does and how to call it')
      .configureOutput({
        writeOut: (text) => void screen.stdout.write(text),
        writeErr: (text) => void screen.stderr.write(text),
        getOutHelpWidth: () => screen.stdout.columns ?? 110,
        getErrHelpWidth: () => screen.stderr.columns ?? 110,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
  program.helpCommand('help [command]', 'say what a command does');
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Whatever was thrown on the way out of an interrupted command, the interruption is the reason.
    const reason: unknown = screen.signal.aborted ? screen.signal.reason : error;
    const sentence = sentenceOf(reason);
    if (sentence !== null) screen.fail(sentence);
    return exitCodeOf(reason);
  }
}
