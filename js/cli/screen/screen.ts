/**
 * Where a command writes: results to stdout, everything else to stderr.
 *
 * @module
 */
import * as util from 'node:util';

/** A stream of the process, or anything that looks like one. */
export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** What a run of the command line is given by its process. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Variables of the environment; `NO_COLOR`, `FORCE_COLOR` and `TERM` are read. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ctrl-C. */
  readonly signal?: AbortSignal;
}

/** Looks that text may have on a terminal. */
type Look = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

/** The screen as commands see it. */
export interface Screen {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Ctrl-C; never aborted if the process gave none. */
  readonly signal: AbortSignal;
  /** Whether --quiet was given: no progress and no notes. */
  quiet: boolean;
  /** A result. A line end is added. */
  print(text: string): void;
  /** Something worth knowing, on stderr, unless --quiet was given. */
  note(text: string): void;
  /** Something that was asked for, or that waiting people must know: on stderr, with --quiet too. */
  say(text: string): void;
  /** Something the user should act on, on stderr. */
  warn(sentence: string): void;
  /** The reason why nothing came of it, on stderr. */
  fail(sentence: string): void;
  /** A part of the command failed, although the rest was done: the exit code will be 1. */
  partly(): void;
  exitCode(): 0 | 1;
  /**
   * `text`, which will be printed, with a look; as it is where stdout is no terminal, unless `NO_COLOR` or
   * `FORCE_COLOR` says otherwise.
   */
  styled(look: Look, text: string): string;
}

/** Colours only for people who want them: https://no-color.org first, then https://force-color.org. */
function hasColour(stream: Stream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** `styleText` came with Node 20.12; before it there are no looks. */
function style(look: Look, text: string): string {
  const styleText = util.styleText as typeof util.styleText | undefined;
  // Whether the stream is a terminal has been decided here, for streams that are not the process's too.
  return styleText === undefined ? text : styleText(look, text, { validateStream: false });
}

export function screenOf({ stdout, stderr, env = process.env, signal }: Streams): Screen {
  const said = new Set<string>();
  let code: 0 | 1 = 0;
  const [out, err] = [hasColour(stdout, env), hasColour(stderr, env)];
  const tell = (look: Look, word: string, sentence: string): void => {
    stderr.write(`${err ? style(look, word) : word} ${sentence}\n`);
  };
  const screen: Screen = {
    stdout,
    stderr,
    quiet: false,
    signal: signal ?? new AbortController().signal,
    print: (text) => void stdout.write(`${text}\n`),
    note: (text) => (screen.quiet ? undefined : screen.say(text)),
    say: (text) => void stderr.write(`${text}\n`),
    warn(sentence) {
      // Several methods fitted to the same corpora would warn of the same thing.
      if (!said.has(sentence)) tell('yellow', 'warning:', sentence);
      said.add(sentence);
    },
    fail: (sentence) => tell('red', 'error:', sentence),
    partly: () => void (code = 1),
    exitCode: () => code,
    styled: (look, text) => (out ? style(look, text) : text),
  };
  return screen;
}
