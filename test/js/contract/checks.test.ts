/** Methods that break the contract, each in one way: the check that is about it must say so. */
import { describe, expect, it } from 'vitest';
import type { Corpus, FitOptions, Method, Model, Task } from '../../../js/entries/index.js';
import type { Subject } from './check.js';
import { CHECKS, toolsFor } from './checks.js';
import { subjectsOf } from './subjects.js';
import { whole as satnmf } from './whole.js';

/** A model's calls, some of them replaced. */
function altered(model: Model, change: Partial<Model>): Model {
  const { method, classes, columns, warnings, iterations } = model;
  return {
    ...{ method, classes, columns, warnings, iterations },
    predict: (rows) => model.predict(rows),
    classify: (rows) => model.classify(rows),
    transform: (rows) => model.transform(rows),
    toBytes: () => model.toBytes(),
    ...change,
  };
}

type Fit = (task: Task, how: FitOptions, fit: Method['fit']) => Promise<Model>;

/** The method with another fit. */
function breaking(subject: Subject, fit: Fit, change: Partial<Method> = {}): Subject {
  const wrap = (method: Method): Method => ({
    ...method,
    with: (options) => wrap(method.with(options)),
    fit: (task, how = {}) => fit(task, how, (...given) => method.fit(...given)),
    ...change,
  });
  return { ...subject, make: (options) => wrap(subject.make(options)) };
}

let fits = 0;

/** What it does wrong, the check that finds it, words of what that says, and how. */
const BREACHES: readonly [string, string, string, Fit][] = [
  [
    "reads the target's emotions",
    "cannot see the target's emotions: garbage there changes no bit",
    'emotions were read',
    (task, how, fit) => fit(String((task.target as Corpus).emotion) === '' ? task : { ...task }, how),
  ],
  [
    'changes its inputs',
    'leaves its inputs as they were',
    'inputs',
    (task, how, fit) => {
      (task.source as Corpus).features.data[0] += 1;
      return fit(task, how);
    },
  ],
  [
    'remembers',
    'forgets the first fit when it is fitted again',
    'the fit after another one',
    async (task, how, fit) => {
      const model = await fit(task, how);
      const by = fits++;
      return altered(model, {
        classify: (rows) => {
          const said = model.classify(rows);
          return { ...said, margins: said.margins.map((margin) => margin + by) };
        },
      });
    },
  ],
  [
    'does not listen to its signal',
    'rejects with the reason of a signal that is aborted at any report, and leaves its Core usable',
    'abort at 0 should have failed',
    (task, { signal: _unheard, ...how }, fit) => fit(task, how),
  ],
  [
    'keeps memory',
    'leaves the memory where the first fit left it, after many fits, errors and aborts',
    'memory and arena after 3 fits',
    async (task, how, fit) => {
      const model = await fit(task, how);
      how.core?.alloc(16);
      return model;
    },
  ],
  [
    'takes memory of its own',
    'takes the memory that was computed beforehand, within 5 %',
    'bytes, the Core has',
    async (task, how, fit) => {
      const model = await fit(task, how);
      how.core?.scoped(() => how.core?.alloc(4e6));
      return model;
    },
  ],
  [
    'says NaN',
    'says known classes in ascending order, shares that sum to 1, finite margins, confidence in [0, 1]',
    'a margin is not finite',
    async (task, how, fit) => {
      const model = await fit(task, how);
      return altered(model, {
        classify: (rows) => ({ ...model.classify(rows), margins: model.classify(rows).margins.fill(NaN) }),
      });
    },
  ],
  [
    'stores another model',
    'says the same after a round trip through bytes, of the target and of new recordings',
    'none, ovr-l2',
    async (task, how, fit) => {
      const other = await fit(
        { ...task, source: satnmf.selectCorpusRows(task.source as Corpus, [0, 1, 2, 3, 4]) },
        how,
      );
      return altered(await fit(task, how), { toBytes: () => other.toBytes() });
    },
  ],
  [
    'reports backwards',
    'reports progress that never falls within a phase and never exceeds what it announces',
    ', then {"phase"',
    (task, { onProgress, ...how }, fit) =>
      fit(task, {
        ...how,
        onProgress: (report) => onProgress?.({ ...report, iteration: report.iterations - report.iteration }),
      }),
  ],
  [
    'looks at a new recording together with the others',
    'says of some new recordings, in any order, what it says of them among all',
    'rows 0',
    async (task, how, fit) => {
      const model = await fit(task, how);
      return altered(model, {
        classify: (rows) => {
          const said = model.classify(rows);
          return { ...said, confidence: said.confidence.map((value) => value / said.confidence.length) };
        },
      });
    },
  ],
  [
    'fails with an error of the language',
    'refuses corpora that nothing can be learnt from, saying why',
    'expected a SatnmfError, got TypeError',
    (task, how, fit) =>
      fit(task, how).catch(() => Promise.reject(new TypeError('undefined is not a function'))),
  ],
  [
    'depends on what else happens',
    'gives two fits that are started at once on one Core the bits of two in a row',
    'bits',
    async (task, { core: _own, ...how }, fit) => {
      running++;
      await new Promise((resolve) => setTimeout(resolve, 2));
      const seed = running;
      const model = await fit(task, how);
      running--;
      return altered(model, {
        predict: () => model.predict(),
        classify: (rows) => shifted(model, seed, rows),
      });
    },
  ],
];
let running = 0;

function shifted(
  model: Model,
  by: number,
  rows?: Parameters<Model['classify']>[0],
): ReturnType<Model['classify']> {
  const said = model.classify(rows);
  return { ...said, margins: said.margins.map((margin) => margin * by) };
}

describe('the contract notices a method that', () => {
  const [subject] = subjectsOf(satnmf).filter(({ name }) => name === 'satnmf robust');
  it.each(BREACHES)('%s', async (_what, sentence, words, fit) => {
    const check = CHECKS.find(({ name }) => name === sentence);
    const tools = await toolsFor(satnmf, subject, 3);
    await expect(check?.run(subject, tools)).resolves.toBeUndefined();
    await expect(check?.run(breaking(subject, fit), tools)).rejects.toThrow(words);
  });

  it('has options that can be changed', async () => {
    const check = CHECKS.find(({ name }) => name.startsWith('has frozen options'));
    const tools = await toolsFor(satnmf, subject, 3);
    const loose = { ...subject, make: (change?: object) => ({ ...subject.make(change) }) };
    await expect(check?.run(loose, tools)).rejects.toThrow('must be frozen');
  });
});
