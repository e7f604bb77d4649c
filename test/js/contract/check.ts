/**
 * A check of the contract: one sentence about every method, and the code that finds out.
 *
 * Nothing here knows a test runner or a runtime: the same checks run under vitest, in Deno, Bun, workerd and
 * browsers (test/runtimes/job.ts).
 */
import type * as satnmf from 'satnmf';
import type { Core, Method, SatnmfError } from 'satnmf';
import type * as methods from 'satnmf/methods';

/** The package, as imports of `satnmf` and `satnmf/methods` give it. */
export type Package = typeof satnmf & typeof methods;

/** A method with its options scaled down, to be checked. */
export interface Subject {
  /** `satnmf paper`: method and preset. */
  readonly name: string;
  /** The method with some options changed. */
  make(change?: object): Method;
  /** Whether its result depends on the seed. */
  readonly draws: boolean;
  /** Whether it codes the features by dictionaries, in trials, as SATNMF does. */
  readonly factorizes: boolean;
  /** Whether it learns from the target too; with too small a target the base SVM stands in for it. */
  readonly adapts: boolean;
  /** Whether it learns from emotions of the target that are known. */
  readonly usesKnown: boolean;
  /** Whether it scales features in its own way: then a change of `normalize`, `svm` and the like changes nothing. */
  readonly scalesItself: boolean;
  /** Whether it says of the rows of its target what it would say of them as new recordings. */
  readonly inductive: boolean;
}

/** What a check works with. */
export interface Tools {
  readonly satnmf: Package;
  /** A Core that checks share; each leaves it as it was. */
  readonly core: Core;
  /** Another Core, of the same module. */
  fresh(maxBytes?: number): Promise<Core>;
  /** How many fits in a row must leave the memory alone. */
  readonly repeats: number;
  /** Takes note of a number that is worth publishing. */
  figure(name: string, value: number): void;
}

export interface Check {
  /** A sentence whose subject is the method. */
  readonly name: string;
  run(subject: Subject, tools: Tools): Promise<void>;
}

/** Fails the check. */
export function fail(why: string): never {
  throw new Error(why);
}

/** @param why what was expected, for the message */
export function ensure(condition: boolean, why: string): asserts condition {
  if (!condition) fail(why);
}

export function ensureEqual(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  ensure(a === b, `${what}: expected ${b}, got ${a}`);
}

/** The reason with which a promise (or the call that should make one) fails. */
export async function rejection(attempt: () => unknown, what: string): Promise<unknown> {
  try {
    await attempt();
  } catch (reason) {
    return reason;
  }
  return fail(`${what} should have failed`);
}

/** A failure that the package foresees, or the check fails. */
export async function refusal({ satnmf }: Tools, attempt: () => unknown, what: string): Promise<SatnmfError> {
  const reason = await rejection(attempt, what);
  if (!(reason instanceof satnmf.SatnmfError))
    fail(`${what}: expected a SatnmfError, got ${reason instanceof Error ? reason.stack : String(reason)}`);
  ensure(reason.code !== 'internal', `${what}: ${reason.message}`);
  ensure(/^[^\n]{10,500}$/.test(reason.message), `${what}: not a sentence: ${reason.message}`);
  return reason;
}

/** The refusal must have this code, and each of the words in its sentence. */
export async function refusedAs(
  tools: Tools,
  attempt: () => unknown,
  code: string,
  words: readonly string[],
  what: string,
): Promise<SatnmfError> {
  const error = await refusal(tools, attempt, what);
  ensure(error.code === code, `${what}: expected code ${code}, got ${error.code} (${error.message})`);
  for (const word of words)
    ensure(error.message.includes(word), `${what}: the message should name ${word}: ${error.message}`);
  return error;
}
