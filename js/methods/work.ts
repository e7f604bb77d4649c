// How long fits take, relative to each other: enough for a remaining time that is about right.
import type { Method } from '../contract/index.js';
import { DECLARATIONS } from './registry.js';

/** The work of a fit, and how it goes on. */
export interface FitWork {
  /** The method's name. */
  readonly name: string;
  /** All of it, in multiply–adds over the values of both corpora. */
  readonly total: number;
  /** Part of the fit in [0, 1] before its long phases begin. */
  readonly start: number;
  /** From where to where in the fit each long phase goes. */
  readonly stages: Readonly<Record<string, readonly [from: number, to: number]>>;
  /** Trials of a round, if there are several rounds: each begins when the one before is over. */
  readonly trialsOfRound?: number;
  /** Workers that its trials are spread over, if there are several of both. */
  readonly workers?: number;
}

/** The work of a fit to corpora that have `rows` rows together. */
export function fitWork({ name, options }: Method, rows: number, workers = 1): FitWork {
  const phases = DECLARATIONS.find((declared) => declared.name === name)?.work?.(options, rows) ?? {};
  // The Gram matrix.
  const total = Object.values(phases).reduce((sum, more) => sum + more, rows);
  let done = rows;
  const stages = Object.entries(phases).map(
    ([phase, more]) => [phase, [done / total, (done += more) / total]] as const,
  );
  const { trials = 1, rounds = 1 } = options as Readonly<Record<string, number | undefined>>;
  return {
    name,
    total,
    start: rows / total,
    stages: Object.fromEntries(stages),
    ...(rounds > 1 && { trialsOfRound: trials }),
    ...(workers > 1 && trials > 1 && { workers }),
  };
}
