// Run: one point of an experiment and what came of it, a line of JSON in a store (docs/experiments.md).
import * as v from 'valibot';
import { SatnmfError } from '../../errors.js';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`)));
const value = v.union([v.number(), v.string(), v.boolean()]);

const CORPUS = v.object({
  name: v.string(),
  /** SHA-256 of its rows as they were used. */
  sha256: hex(64),
  /** Rows that have one of the classes. */
  rows: whole,
});

const POINT = {
  format: v.literal(1),
  /** 32 hexadecimal digits of a SHA-256 over data, method and all options ({@link pointId}). */
  id: hex(32),
  scheme: v.string(),
  source: CORPUS,
  target: CORPUS,
  /** In class order; indices below are indices into it. */
  classes: v.array(v.string()),
  method: v.string(),
  /** All options of the method, resolved; the seed is one of them. */
  options: v.record(v.string(), value),
  /** Those of them that this point sets away from the plan's base. */
  varied: v.record(v.string(), value),
  /** The option that varies, where one varies at a time; null for the base and for other strategies. */
  axis: v.nullable(v.string()),
  /** Whether it had less than the whole budget, in a race of successive halving: no candidate for the best. */
  partial: v.boolean(),
  seed: whole,
  /** Seconds that the point took; what it shared with others is counted at the first of them. */
  seconds: v.pipe(v.number(), v.minValue(0)),
  versions: v.object({
    satnmf: v.string(),
    /** SHA-256 of the wasm module. */
    wasm: v.string(),
    /** Name, version and platform of the runtime: `node 20.20.2 linux x64`. */
    runtime: v.string(),
  }),
  /** ISO 8601, UTC. */
  finished: v.string(),
};

const DONE = v.object({
  ...POINT,
  uar: fraction,
  war: fraction,
  /** One a class; null for one that the target does not have. */
  recalls: v.array(v.nullable(fraction)),
  /** Entry [i][j]: utterances of class i that were taken for class j. */
  confusion: v.array(v.array(whole)),
  /** Class index of each target row. */
  predictions: v.array(whole),
  /** Class index of each target row, −1 where its emotion is not known. */
  truth: v.array(v.pipe(v.number(), v.integer(), v.minValue(-1))),
  /** UAR by cross-validation on the source; null if the plan does not ask for it. */
  sourceCv: v.nullable(fraction),
  /** Objective after each iteration of trial 0, empty for methods that have none; null if the plan does not ask for traces. */
  objective: v.nullable(v.array(v.number())),
  /** Iterations of each trial; empty for methods that do not iterate. */
  iterations: v.array(whole),
});

const FAILED = v.object({ ...POINT, error: v.object({ code: v.string(), message: v.string() }) });

export type DoneRun = v.InferOutput<typeof DONE>;
export type FailedRun = v.InferOutput<typeof FAILED>;
export type Run = DoneRun | FailedRun;

export function isFailed(run: Run): run is FailedRun {
  return 'error' in run;
}

/** How much a run holds: 0 if it failed, else 1 and one more for each optional field that is there. */
const knowledge = (run: Run): number =>
  isFailed(run) ? 0 : 1 + Number(run.sourceCv !== null) + Number(run.objective !== null);

/** The best run of each point, by id: finished beats failed, more fields beat fewer, later beats earlier. */
export function latest(runs: Iterable<Run>): Map<string, Run> {
  const found = new Map<string, Run>();
  for (const run of runs) {
    const before = found.get(run.id);
    if (before === undefined || knowledge(run) >= knowledge(before)) found.set(run.id, run);
  }
  return found;
}

/**
 * Reads a line of a store.
 * @param file name for messages
 * @param row number of the line, from 1
 * @throws {SatnmfError} `bad-file`: not a run of this format, or one that contradicts itself
 */
export function readRun(line: string, file: string, row: number): Run {
  const fail = (why: string): never => {
    throw new SatnmfError('bad-file', `${file}, line ${row}: ${why}`, { file, row });
  };
  let plain: unknown;
  try {
    plain = JSON.parse(line);
  } catch {
    return fail('is not JSON');
  }
  const failed = typeof plain === 'object' && plain !== null && 'error' in plain;
  const read = v.safeParse(failed ? FAILED : DONE, plain);
  if (!read.success) {
    const [issue] = read.issues;
    return fail(`is not a run: ${v.getDotPath(issue) ?? 'the line'}: ${issue.message}`);
  }
  const run = read.output;
  if (!('error' in run)) {
    const c = run.classes.length;
    const sizes: [string, readonly unknown[], number][] = [
      ['recalls', run.recalls, c],
      ['confusion', run.confusion, c],
      ['predictions', run.predictions, run.target.rows],
      ['truth', run.truth, run.target.rows],
      ...run.confusion.map((counts): [string, readonly unknown[], number] => ['confusion', counts, c]),
    ];
    for (const [name, list, length] of sizes)
      if (list.length !== length) fail(`"${name}" must have ${length} entries, got ${list.length}`);
    for (const [name, list] of [
      ['predictions', run.predictions],
      ['truth', run.truth],
    ] as const)
      if (list.some((index) => index >= c)) fail(`"${name}" must hold indices of ${c} classes`);
  }
  return run;
}

/** The line of a run, without the line end. */
export function writeRun(run: Run): string {
  return JSON.stringify(run);
}
