// Points of a plan: what there is to compute, each a pure function of data, method and options.
import { type Core, PURPOSE, random } from '../core/index.js';
import type { Corpus } from '../data/index.js';
import { methodByName, type MethodName } from '../methods/index.js';
import { canonicalJson, corpusSha256, type Pair, pairOf, sha256 } from '../experiment/index.js';
import type { Options, Plan, PlannedMethod, Value } from './plan.js';
import type { DoneRun } from '../experiment/results/index.js';

export interface SchemeData {
  readonly name: string;
  readonly pair: Pair;
  readonly source: DoneRun['source'];
  readonly target: DoneRun['target'];
}

export interface Point {
  /** 32 hexadecimal digits; see {@link pointId}. */
  readonly id: string;
  readonly scheme: SchemeData;
  readonly method: MethodName;
  /** All options, resolved, the seed among them. */
  readonly options: Options;
  /** Options that differ from the plan's base. */
  readonly varied: Options;
  /** The option that varies where one varies at a time; null for the base. */
  readonly axis: string | null;
  readonly seed: number;
  /** Whether it has less than the whole budget. */
  readonly partial: boolean;
}

/** A method with a combination of options, before it gets schemes and seeds. */
export interface Combination {
  readonly planned: PlannedMethod;
  readonly varied: Options;
  readonly axis: string | null;
}

export async function schemeOf(name: string, pair: Pair): Promise<SchemeData> {
  const about = async ({ name, features }: Pair['target'], sha256: Promise<string>) => ({
    name,
    sha256: await sha256,
    rows: features.rows,
  });
  return {
    name,
    pair,
    source: await about(pair.sources[0], corpusSha256(pair.sources[0])),
    target: await about(pair.target, corpusSha256(pair.target)),
  };
}

/**
 * The schemes of a plan with their data. Each corpus is asked for once.
 * @param corpusOf gives the corpus that a scheme names
 * @throws {SatnmfError} as `corpusOf` and `pairOf` do
 */
export async function schemesOf(
  { schemes, corpora }: Plan,
  corpusOf: (name: string) => Promise<Corpus>,
): Promise<SchemeData[]> {
  const known = new Map<string, Corpus>();
  const named = async (name: string): Promise<Corpus> => {
    const read = known.get(name) ?? (await corpusOf(name));
    const corpus = Object.hasOwn(corpora, name) ? { ...read, name } : read;
    known.set(name, corpus);
    return corpus;
  };
  const found: SchemeData[] = [];
  for (const { name, source, target, emotions } of schemes)
    found.push(await schemeOf(name, pairOf(await named(source), await named(target), emotions)));
  return found;
}

/** The name of a point: equal data, method and options have the same one on every machine and in every plan. */
export async function pointId(scheme: SchemeData, method: string, options: Options): Promise<string> {
  const content = { source: scheme.source.sha256, target: scheme.target.sha256, method, options };
  return (await sha256([new TextEncoder().encode(canonicalJson(content))])).slice(0, 32);
}

/**
 * The points of combinations under every scheme and seed; none twice. Those of one scheme stand together, and within it
 * those of a combination.
 * @param change options that are changed last: a budget
 */
export async function pointsOf(
  combinations: readonly Combination[],
  schemes: readonly SchemeData[],
  seeds: readonly number[],
  change: { readonly options?: Options; readonly partial?: boolean } = {},
): Promise<Point[]> {
  const points = new Map<string, Point>();
  for (const scheme of schemes)
    for (const seed of seeds)
      for (const { planned, varied, axis } of combinations) {
        const { method, base } = planned;
        const all = { ...varied, ...change.options };
        const options = methodByName(method, { ...base, ...all, seed }).options as Options;
        const id = await pointId(scheme, method, options);
        const partial = change.partial ?? false;
        if (!points.has(id))
          points.set(id, { id, scheme, method, options, varied: all, axis, seed, partial });
      }
  return [...points.values()];
}

/** What of `varied` is not the base's anyway. */
function away({ method, base }: PlannedMethod, varied: Options): Options {
  const standard = methodByName(method, base).options as Options;
  return Object.fromEntries(Object.entries(varied).filter(([option, value]) => standard[option] !== value));
}

/** The base, then each axis by itself. */
function oneAxis(planned: PlannedMethod): Combination[] {
  const combinations: Combination[] = [{ planned, varied: {}, axis: null }];
  for (const [axis, values] of planned.axes)
    for (const value of values) {
      const varied = away(planned, { [axis]: value });
      if (Object.keys(varied).length > 0) combinations.push({ planned, varied, axis });
    }
  return combinations;
}

/** Every combination; the last axis changes first. */
function grid(planned: PlannedMethod): Combination[] {
  let combinations: Record<string, Value>[] = [{}];
  for (const [option, values] of planned.axes)
    combinations = combinations.flatMap((before) => values.map((value) => ({ ...before, [option]: value })));
  return combinations.map((varied) => ({ planned, varied: away(planned, varied), axis: null }));
}

/** Different combinations, drawn uniformly; all, in order, if there are no more than asked for. */
function drawn(core: Core, planned: PlannedMethod, count: number, seed: number): Combination[] {
  const total = planned.axes.reduce((product, [, values]) => product * values.length, 1);
  if (total <= count) return grid(planned);
  return core.scoped(() => {
    const { below } = random(core, seed, PURPOSE.search);
    const found = new Map<string, Combination>();
    while (found.size < count) {
      const chosen = planned.axes.map(([option, values]) => [option, values[below(values.length)]] as const);
      const varied = Object.fromEntries(chosen);
      const key = canonicalJson(varied);
      if (!found.has(key)) found.set(key, { planned, varied: away(planned, varied), axis: null });
    }
    return [...found.values()];
  });
}

/** The combinations of options that a plan tries, without schemes and seeds. */
export function combinationsOf(core: Core, { methods, strategy }: Plan): Combination[] {
  return methods.flatMap((planned) => {
    switch (strategy.kind) {
      case 'one-axis':
        return oneAxis(planned);
      case 'grid':
        return grid(planned);
      default:
        return drawn(core, planned, strategy.points, strategy.seed);
    }
  });
}
