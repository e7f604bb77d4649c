/**
 * What must not compile, and what must: read by `tsc`, never run. An `@ts-expect-error` that
 * expects nothing is itself an error, so every line here can fail.
 */
import type { Corpus } from '../../js/data/corpus.js';
import type { Matrix } from '../../js/data/matrix.js';
import { SatnmfError, type ErrorCode } from '../../js/errors.js';
import { sourcesOf } from '../../js/contract/index.js';
import type { FitOptions, Method, Model, Progress, Task, Unlabelled } from '../../js/contract/method.js';

declare const corpus: Corpus;
declare const rows: Matrix;
declare const task: Task;
declare const model: Model;
declare const method: Method<{ readonly r: number; readonly seed?: number }>;

/** Predicting before fitting is no method of the language: only a Model predicts. */
export function methodsDoNotPredict(): void {
  // @ts-expect-error a Method is not fitted
  method.predict(rows);
  // @ts-expect-error a Method is not fitted
  method.transform(rows);
}

/** A Model is learnt once; it cannot be fitted again. */
export function modelsDoNotFit(): void {
  // @ts-expect-error a Model has no fit
  void model.fit(task);
  // @ts-expect-error a Model has no options to vary
  model.with({ r: 2 });
}

/** The target's emotions cannot be read by a method, so they cannot leak. */
export function targetsAreUnlabelled(): readonly (string | null)[] {
  // @ts-expect-error a target's emotions are out of sight
  void task.target.emotion;
  // @ts-expect-error columns that came along may hold them
  void task.target.extra;
  const withoutEmotions: Unlabelled = {
    name: '',
    features: rows,
    columns: [],
    file: [],
    speaker: [],
  };
  // A labelled corpus may stand as a target; its labels are only hidden.
  void method.fit({ source: corpus, target: corpus });
  void method.fit({ source: corpus, target: withoutEmotions });
  // @ts-expect-error the source must be labelled
  void method.fit({ source: withoutEmotions, target: corpus });
  // @ts-expect-error a target is needed
  void method.fit({ source: corpus });
  // Several sources, or weights in their place.
  void method.fit({ source: [corpus, corpus], target: corpus });
  void method.fit({ target: corpus });
  return sourcesOf(task).flatMap(({ emotion }) => emotion);
}

/** Hyper-parameters are frozen; a variation is a new method of the same options. */
export function optionsAreFrozen(): Method<{ readonly r: number; readonly seed?: number }> {
  // @ts-expect-error options are read-only
  method.options.r = 3;
  // @ts-expect-error not an option of this method
  method.with({ rank: 3 });
  // @ts-expect-error a number, not a word
  method.with({ r: '3' });
  return method.with({ r: 3 });
}

/** What is learnt and what is reported is read-only, and a fit is awaited. */
export async function resultsAreReadOnly(progress: Progress): Promise<string[]> {
  // @ts-expect-error read-only
  model.classes = [];
  // @ts-expect-error read-only
  model.classes.push('joy');
  // @ts-expect-error read-only
  progress.iteration = 0;
  // @ts-expect-error a corpus is not changed in place
  corpus.emotion[0] = 'anger';
  // @ts-expect-error a fit is a promise
  method.fit(task).predict();
  return (await method.fit(task)).predict(rows);
}

/** How a fit runs is said in one object, and `undefined` is not a value of it. */
export function fitOptionsAreExact(signal: AbortSignal): FitOptions[] {
  // @ts-expect-error hyper-parameters belong to the method
  void method.fit(task, { seed: 1 });
  // @ts-expect-error leave it out instead
  void method.fit(task, { signal: undefined });
  return [{}, { signal }, { onProgress: ({ phase }) => void phase }];
}

/** Codes are a closed list, so a `switch` over them can be complete. */
export function codesAreClosed(error: SatnmfError): ErrorCode {
  // @ts-expect-error not a code
  void new SatnmfError('oops', 'A sentence.');
  // @ts-expect-error not a code
  if (error.code === 'E_ARGUMENT') return error.code;
  return error.code;
}
