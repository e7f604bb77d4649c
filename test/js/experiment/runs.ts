/**
 * Runs made by hand: what came of a point follows from its predictions, so that no run contradicts itself.
 */
import { score } from '../../../js/experiment/evaluation.js';
import type { DoneRun, FailedRun } from '../../../js/experiment/results/run.js';

export const CLASSES = ['anger', 'neutral', 'sadness'];
/** Four utterances of each class. */
export const TRUTH = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];

export interface Made {
  scheme?: string;
  method?: string;
  varied?: DoneRun['varied'];
  axis?: string | null;
  seed?: number;
  truth?: number[];
  predictions?: number[];
  sourceCv?: number | null;
  objective?: number[] | null;
  partial?: boolean;
}

let made = 0;

function point({
  scheme = 'a2b',
  method = 'satnmf',
  varied = {},
  axis = null,
  seed = 1,
  partial = false,
}: Made) {
  const id = (++made).toString(16).padStart(32, '0');
  return {
    format: 1 as const,
    id,
    scheme,
    source: { name: 'a', sha256: 'a'.repeat(64), rows: 20 },
    target: { name: 'b', sha256: 'b'.repeat(64), rows: TRUTH.length },
    classes: CLASSES,
    method,
    options: { r: 64, C: 1, seed, ...varied },
    varied,
    axis,
    partial,
    seed,
    seconds: 0.5,
    versions: { satnmf: '0.1.0', wasm: 'c'.repeat(64), runtime: 'node 20.0.0 linux x64' },
    finished: '2026-01-01T00:00:00.000Z',
  };
}

/** A run that got its utterances right but for the first `wrong`, if no predictions are given. */
export function doneRun(how: Made = {}, wrong = 0): DoneRun {
  const { truth = TRUTH, sourceCv = null, objective = null } = how;
  const predictions =
    how.predictions ?? truth.map((label, i) => (i < wrong ? (label + 1) % 3 : Math.max(0, label)));
  const words = truth.map((label) => (label < 0 ? null : CLASSES[label]));
  const scored = score(
    words,
    predictions.map((label) => CLASSES[label]),
    CLASSES,
  );
  return {
    ...point(how),
    target: { name: 'b', sha256: 'b'.repeat(64), rows: truth.length },
    uar: scored.uar,
    war: scored.war,
    recalls: [...scored.recalls],
    confusion: scored.confusion.map((row) => [...row]),
    predictions,
    truth,
    sourceCv,
    objective,
    iterations: objective === null ? [] : [objective.length],
  };
}

export function failedRun(how: Made = {}, message = 'It is too large.'): FailedRun {
  return { ...point(how), error: { code: 'too-large', message } };
}
