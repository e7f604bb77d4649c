// Plans: which points an experiment has, written down as JSON (docs/experiments.md).
import * as v from 'valibot';
import { checkKeys, checkOneOf, quote } from '../data/index.js';
import { SatnmfError } from '../errors.js';
import { type Scheme, schemeByName } from '../experiment/index.js';
import { METHOD_NAMES, methodByName, type MethodName, SEARCHED } from '../methods/index.js';

export type Value = string | number | boolean;
export type Options = Readonly<Record<string, Value>>;

const value = v.union([v.number(), v.string(), v.boolean()]);
const options = v.record(v.string(), value);
const text = v.pipe(v.string(), v.nonEmpty());
const whole = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least));
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.minLength(1));

const SCHEME = v.strictObject({ name: text, source: text, target: text, emotions: v.optional(list(text)) });

const METHOD = v.strictObject({
  method: text,
  options: v.optional(options, {}),
  axes: v.optional(
    v.union([v.literal('searched'), v.record(v.string(), v.union([v.literal('searched'), list(value)]))]),
    {},
  ),
});

const STRATEGY = v.variant('kind', [
  v.strictObject({ kind: v.literal('one-axis') }),
  v.strictObject({ kind: v.literal('grid') }),
  v.strictObject({ kind: v.literal('random'), points: whole(1), seed: v.optional(whole(0), 1) }),
  v.strictObject({
    kind: v.literal('halving'),
    points: whole(2),
    seed: v.optional(whole(0), 1),
    /** One in so many goes on to a budget so many times as large. */
    eta: v.optional(whole(2), 3),
    budget: v.picklist(['trials', 'maxIterations']),
    /** Smallest budget of a point. */
    least: v.optional(whole(1), 1),
    select: v.picklist(['target', 'source-cv']),
  }),
]);

const PLAN = v.strictObject({
  corpora: v.optional(v.record(v.string(), text), {}),
  schemes: list(v.union([text, SCHEME])),
  options: v.optional(options, {}),
  methods: list(v.union([text, METHOD])),
  strategy: v.optional(STRATEGY, { kind: 'one-axis' }),
  seeds: v.optional(list(whole(0)), [1]),
  /** Folds of cross-validation on the source; absent: none. */
  sourceCv: v.optional(v.pipe(whole(2), v.maxValue(100))),
  traces: v.optional(v.boolean(), false),
});

/** Which points of the axes' values are run. */
export type Strategy = v.InferOutput<typeof STRATEGY>;

/** A pair of corpora by the names that the plan gives them, or by their paths. */
export type PlannedScheme = Pick<Scheme, 'name' | 'source' | 'target'> & {
  /** Absent: all that both corpora have. */
  readonly emotions?: readonly string[] | undefined;
};

/** A method with its base and what is varied around it. */
export interface PlannedMethod {
  readonly method: MethodName;
  /** Options that the base sets; all others have their defaults. */
  readonly base: Options;
  /** Values of each option that is varied; C, if it is one, stands last. */
  readonly axes: readonly (readonly [option: string, values: readonly Value[]])[];
}

export interface Plan {
  /** Paths of tables or folders by name. */
  readonly corpora: Readonly<Record<string, string>>;
  readonly schemes: readonly PlannedScheme[];
  readonly methods: readonly PlannedMethod[];
  readonly strategy: Strategy;
  readonly seeds: readonly number[];
  /** Folds of cross-validation on the source; null: none. */
  readonly sourceCv: number | null;
  /** Whether runs keep the objective of every iteration. */
  readonly traces: boolean;
}

/**
 * Reads a plan and checks every name and value in it, so that no sweep fails in the middle because of its plan.
 * @param file name for messages
 * @throws {SatnmfError} `bad-file`: no plan; `bad-argument`: a method, option or value that there is not
 */
export function readPlan(json: string, file: string): Plan {
  let plain: unknown;
  try {
    plain = JSON.parse(json);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SatnmfError('bad-file', `${file}: is not JSON: ${why}`, { file, cause });
  }
  const read = v.safeParse(PLAN, plain);
  if (!read.success) {
    const [issue] = read.issues;
    const where = v.getDotPath(issue) ?? 'the whole';
    throw new SatnmfError('bad-file', `${file}: is not a plan: ${where}: ${issue.message}`, { file });
  }
  const { corpora, methods, strategy, seeds, sourceCv = null, traces } = read.output;
  const schemes = read.output.schemes.map((scheme) =>
    typeof scheme === 'string' ? schemeByName(scheme) : scheme,
  );
  refuseTwice(
    file,
    'schemes',
    schemes.map(({ name }) => name),
  );
  refuseTwice(file, 'seeds', seeds.map(String));
  if (strategy.kind === 'halving' && strategy.select === 'source-cv' && sourceCv === null)
    throw new SatnmfError('bad-file', `${file}: "strategy.select": "source-cv" needs "sourceCv", its folds`, {
      file,
      argument: 'sourceCv',
    });
  const planned = methods.map((one) => plannedMethod(one, read.output.options));
  checkKeys(`${file}: "options"`, read.output.options, [
    ...new Set(planned.flatMap(({ method }) => optionsOf(method))),
  ]);
  return { corpora, schemes, methods: planned, strategy, seeds, sourceCv, traces };
}

function refuseTwice(file: string, argument: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new SatnmfError('bad-file', `${file}: "${argument}" has ${quote(twice)} twice`, { file, argument });
}

/** Options that all methods are given reach those that have them. */
function plannedMethod(given: string | v.InferOutput<typeof METHOD>, shared: Options): PlannedMethod {
  const { method: name, options: own, axes } = typeof given === 'string' ? alone(given) : given;
  const method = checkOneOf('method', name, METHOD_NAMES);
  const known = optionsOf(method);
  const suited = Object.entries(shared).filter(([option]) => known.includes(option));
  const base = { ...Object.fromEntries(suited), ...own };
  checkKeys(method, base, known);
  methodByName(method, base);
  const searched = Object.entries(SEARCHED[method] ?? {}).filter(([option]) => known.includes(option));
  const asked =
    axes === 'searched' ? searched.map(([option]) => [option, 'searched'] as const) : Object.entries(axes);
  checkKeys(method, Object.fromEntries(asked), known);
  const settled = asked.map(([option, values]) => {
    const each = values === 'searched' ? searchedOf(method, option) : values;
    for (const one of each) methodByName(method, { ...base, [option]: one });
    return [option, [...new Set(each)]] as const;
  });
  // Points that differ only in C follow each other, since they share all else.
  settled.sort(([a], [b]) => Number(a === 'C') - Number(b === 'C'));
  return { method, base, axes: settled };
}

/** All but the seed, which has a list of its own. */
const optionsOf = (method: MethodName): string[] =>
  Object.keys(methodByName(method).options).filter((option) => option !== 'seed');

const alone = (method: string): v.InferOutput<typeof METHOD> => ({ method, options: {}, axes: {} });

function searchedOf(method: MethodName, option: string): readonly Value[] {
  const ranges = SEARCHED[method] ?? {};
  if (Object.hasOwn(ranges, option)) return ranges[option];
  const known = Object.keys(ranges).join(', ') || 'none';
  throw new SatnmfError(
    'bad-argument',
    `"axes.${option}": no range of ${option} was searched for ${method}; ranges there are: ${known}`,
    { argument: option, expected: known, actual: option },
  );
}
