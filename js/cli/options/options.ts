/**
 * Options that several commands share, and what they make of methods.
 *
 * @module
 */
import { InvalidArgumentError, type Command, Option } from 'commander';
import { checkOneOf, EMOTIONS, quote, unknownWord } from '../../data/index.js';
import { NORMALIZE_CHOICES } from '../../data/scaling/index.js';
import { shareCore } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';
import { loadWide } from '../../outside/node/index.js';
import type { Method } from '../../contract/index.js';
import { PRESETS } from '../../learn/fit/index.js';
import { METHOD_NAMES, methodByName, METHODS } from '../../methods/index.js';

/** Options of a fit, as commander hands them over. */
export interface MethodOptions {
  readonly method?: readonly string[];
  readonly preset?: string;
  readonly normalize?: string;
  readonly trials?: number;
  readonly seed?: number;
  readonly fast?: true;
  readonly set?: readonly Setting[];
}

/** What replaces a missing value of a table. */
export interface MissingOptions {
  readonly missing?: 'median';
}

/** Options of reading tables. */
export interface InputOptions extends MissingOptions {
  readonly emotions?: readonly string[];
}

/** `r=64`, or `satnmf.r=64` for one method only. */
export interface Setting {
  readonly method?: string;
  readonly key: string;
  readonly value: string;
}

/** What methods have on the command line where they have a preset and none was asked for; `evaluate` takes their own. */
const USUAL = { preset: 'auto' };
/** Values that `--fast` sets where a method has these options. Options that are given win. */
const FAST = { trials: 2, rounds: 1, r: 64 };

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal number that commander may refuse in its own words. */
export function parseNumber(text: string): number {
  const value = DECIMAL.test(text.trim()) ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** A whole number ≥ 0. */
export function parseWhole(text: string): number {
  const value = parseNumber(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It must be a whole number ≥ 0.');
  return value;
}

/** `a,b` or the option given twice. */
export function parseList(text: string, before: readonly string[] | undefined): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) throw new InvalidArgumentError('It must name at least one, separated by commas.');
  return [...new Set([...(before ?? []), ...words])];
}

function parseSetting(text: string, before: readonly Setting[] | undefined): Setting[] {
  const found = /^(?:([^.=]+)\.)?([^.=]+)=(.*)$/s.exec(text);
  if (found === null) throw new InvalidArgumentError('It must be key=value, such as r=64.');
  const [, method, key, value] = found;
  const setting = { key: key.trim(), value: value.trim(), ...(method && { method: method.trim() }) };
  return [...(before ?? []), setting];
}

/**
 * An option that a command needs. Commander's own required options are not used: commander would complain of the
 * missing option before it notices a misspelt one, and the suggestion for that helps more.
 *
 * @throws {SatnmfError} `bad-argument` if it was not given
 */
export function need(command: string, option: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new SatnmfError('bad-argument', `${command} needs ${option}; see satnmf ${command} --help`, {
    argument: option.replace(/^--| .*/g, ''),
    expected: option,
    actual: 'nothing',
  });
}

/**
 * An option with words that are known, which shells complete. Whoever uses its value checks it, and suggests the
 * closest word; commander's own check of choices suggests nothing.
 */
export function choiceOption(flags: string, description: string, words: readonly string[]): Option {
  const option = new Option(flags, description);
  option.argChoices = [...words];
  return option;
}

/** A choice of one word, which is checked at once. */
export const oneOfOption = (flags: string, description: string, words: readonly string[]): Option =>
  choiceOption(flags, description, words).argParser((text: string) =>
    checkOneOf(flags.replace(/^--| .*/g, ''), text, words),
  );

/** `r=`, `C=`, …: what `--set` may begin with. */
function settingKeys(): string[] {
  const keys = Object.values(METHODS).flatMap((make) => Object.keys(make().options));
  return [...new Set(keys)].sort().map((key) => `${key}=`);
}

/** Options of how a method runs; `several` methods or one. */
export function addMethodOptions(command: Command, several: boolean): Command {
  const known = METHOD_NAMES.join(', ');
  const method = several
    ? choiceOption(
        '-m, --method <names>',
        `methods, separated by commas: ${known}; or all (default: linear,self-training)`,
        [...METHOD_NAMES, 'all'],
      )
    : choiceOption('-m, --method <name>', `${known} (default: self-training)`, METHOD_NAMES);
  const setting = choiceOption(
    '--set <key=value>',
    'set any other option of a method; repeatable; method.key=value sets it for one method only',
    settingKeys(),
  );
  const preset = choiceOption(
    '--preset <name>',
    `defaults of all other options, for methods that have presets: ${PRESETS.join(', ')} (default: ${several ? 'robust' : 'auto'})`,
    PRESETS,
  );
  if (!several) {
    command.option('--fast', 'fewer and smaller trials: much faster, slightly less accurate');
  }
  return command
    .addOption(method.argParser(parseList))
    .addOption(preset)
    .addOption(
      choiceOption(
        '--normalize <name>',
        `how features are scaled to [0, 1], for methods that do not scale them in their own way: ${NORMALIZE_CHOICES.join(', ')}`,
        NORMALIZE_CHOICES,
      ),
    )
    .option('--trials <count>', 'number of random starts, which vote on each emotion', parseWhole)
    .option('--seed <number>', 'seed of all random numbers', parseWhole)
    .option('--wide', 'faster on this thread, with the same results; needs Node 24 or later on x64')
    .hook('preAction', async () => {
      if (command.opts<{ wide?: true }>().wide) shareCore(await loadWide());
    })
    .addOption(setting.argParser(parseSetting));
}

/** Options of reading tables. */
export function addInputOptions(command: Command): Command {
  return addMissingOption(
    command.addOption(
      choiceOption(
        '--emotions <names>',
        'only these emotions, separated by commas; all: all that are known',
        [...EMOTIONS, 'all'],
      ).argParser((text: string, before?: string[]) => parseList(text.toLowerCase(), before)),
    ),
  );
}

/** The only one of them for commands that take the emotions from a plan. */
export function addMissingOption(command: Command): Command {
  return command.addOption(
    oneOfOption('--missing <what>', 'median: replace a missing value by the median of its column', [
      'median',
    ]),
  );
}

/** Options of what a command prints. */
export function addScreenOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on stdout, and nothing else there')
    .option('-q, --quiet', 'show no progress and no notes, only warnings and errors');
}

/** The value in the type of the option's default; a word may be a number where words are allowed too. */
function typed(key: string, text: string, standard: unknown): unknown {
  const fail = (expected: string): never => {
    throw new SatnmfError('bad-argument', `"--set ${key}" must be ${expected}, got ${quote(text)}.`, {
      argument: key,
      expected,
      actual: text,
    });
  };
  if (typeof standard === 'boolean')
    return text === 'true' ? true : text === 'false' ? false : fail('true or false');
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  if (typeof standard === 'number') return Number.isFinite(number) ? number : fail('a number');
  return Number.isFinite(number) ? number : text;
}

/**
 * The methods asked for, each with those of the options given that it has.
 *
 * @param usual methods that run unless others are asked for
 * @param soft values for options that a method has and nobody gave
 * @throws {SatnmfError} `bad-argument` for a method or option that is not known (an option that none of the
 *   methods has), with the closest one as a suggestion, and for a value out of range
 */
export function methodsFrom(
  options: MethodOptions,
  usual: readonly string[],
  soft: Readonly<Record<string, unknown>> = {},
): Method[] {
  const { method: asked = usual, preset, normalize, trials, seed, fast, set = [] } = options;
  const names = new Set(asked.flatMap((name) => (name === 'all' ? [...METHOD_NAMES] : [name])));
  const given: Setting[] = [];
  for (const [key, value] of Object.entries({ preset, normalize, trials, seed }))
    if (value !== undefined) given.push({ key, value: String(value) });
  given.push(...set);
  const standards = [...names].map((name) => methodByName(name));
  const used = new Set<Setting>();
  const methods = standards.map(({ name, options: known }) => {
    const change: Record<string, unknown> = {};
    for (const [key, value] of Object.entries({ ...soft, ...(fast === true ? FAST : {}) }))
      if (Object.hasOwn(known, key)) change[key] = value;
    for (const setting of given) {
      const { method, key, value } = setting;
      if ((method !== undefined && method !== name) || !Object.hasOwn(known, key)) continue;
      change[key] = typed(key, value, known[key as keyof typeof known]);
      used.add(setting);
    }
    return methodByName(name, change);
  });
  for (const setting of given) if (!used.has(setting)) refuseSetting(setting, standards);
  return methods;
}

/** Says why no method took a setting: a misspelt option must not go unnoticed. */
function refuseSetting({ method, key }: Setting, standards: readonly Method[]): never {
  const names = standards.map(({ name }) => name);
  if (method !== undefined && !names.includes(method))
    throw unknownWord(
      method,
      names,
      `"--set ${method}.${key}": ${quote(method)} is none of the methods that run (${names.join(', ')})`,
      { argument: 'set' },
    );
  const asked = standards.filter(({ name }) => method === undefined || name === method);
  const known = [...new Set(asked.flatMap(({ options }) => Object.keys(options)))];
  const who = `${asked.map(({ name }) => name).join(', ')} ${asked.length === 1 ? 'has' : 'have'}`;
  throw unknownWord(key, known, `${who} no option ${quote(key)}; known: ${known.join(', ')}`, {
    argument: key,
  });
}

/** The one method that `fit` and `predict` run. */
export function methodFrom(options: MethodOptions, usual: readonly string[] = ['self-training']): Method {
  const methods = methodsFrom(options, usual, USUAL);
  if (methods.length === 1) return methods[0];
  const names = methods.map(({ name }) => name).join(', ');
  throw new SatnmfError('bad-argument', `"--method" must name one method, got ${names}.`, {
    argument: 'method',
    expected: 'one method',
    actual: names,
  });
}
