import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { wide, wideValues } from '../../../../js/core/dense/f64-rows.js';
import { type Corpus, corpus, loadModel, matrix, SatnmfError } from '../../../../js/entries/index.js';
import { dosl, type DoslOptions, load } from '../../../../js/entries/methods.js';
import { descendRows, weightsTo } from '../../../../js/methods/dosl/row-sparse/descent.js';
import { multiplierPasses, Multipliers } from '../../../../js/methods/dosl/row-sparse/multipliers.js';
import { emptyFrom, type RowPass, RowSparse } from '../../../../js/methods/dosl/row-sparse/problem.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { uniforms } from '../../../assembly/core/values.js';
import { type Dense, dense } from '../../../reference/kernels/dense.js';
import {
  byCoordinates,
  byMultipliers,
  dualBound,
  rowSparseObjective,
  type RowSparseTask,
} from '../../../reference/methods/dosl.js';
import { distance } from '../../../reference/golden.js';
import {
  GOLDEN_LABELS,
  GOLDEN_SOURCE,
  GOLDEN_TARGET,
  REGRESSIONS,
} from '../../../reference/methods/stored-regression.js';

const PENALTY = { kappa: 0.1, rho: 1.1, kappaMax: 1e6 };

function problemOf(core: Core, { A, B }: RowSparseTask): RowSparse {
  return new RowSparse(core, wide(core, A.rows, A.cols, A.data), B.data);
}

function solution({ core, C }: RowSparse): Dense {
  return dense(C.rows, C.cols, wideValues(core, C));
}

/** Passes at the weight asked for until the gap is below `gap` of |B|², `most` at most; what C is then. */
function solved(
  core: Core,
  task: RowSparseTask,
  solver: 'bcd' | 'ialm',
  gap: number,
  most = 400,
): { passes: RowPass[]; C: Dense } {
  return core.scoped(() => {
    const problem = problemOf(core, task);
    const passes: RowPass[] = [];
    for (const pass of solver === 'bcd'
      ? descendRows(problem, weightsTo(task.lambda, emptyFrom(problem)))
      : multiplierPasses(problem, task.lambda, PENALTY)) {
      if (pass?.lambda !== task.lambda) continue;
      passes.push(pass);
      if (pass.gap <= gap * problem.scale || passes.length > most) break;
    }
    return { passes, C: solution(problem) };
  });
}

/** A random task; some rows of A are 0, some nearly equal, as those of functionals are. */
function randomTask(seed: number, d: number, m: number, classes: number, part: number): RowSparseTask {
  const next = uniforms(seed);
  const A = dense(d, m, Float64Array.from({ length: d * m }, next));
  for (let i = 3; i < d; i += 7) A.data.copyWithin(i * m, (i - 1) * m, i * m);
  for (let i = 3; i < d; i += 14) for (let j = 0; j < m; j++) A.data[i * m + j] += 1e-4 * next();
  for (let i = 5; i < d; i += 11) A.data.fill(0, i * m, (i + 1) * m);
  const B = dense(classes, m);
  for (let j = 0; j + 1 < m; j++) B.data[Math.floor(next() * classes * 0.999) * m + j] = 1;
  const task = { A, B, lambda: 0 };
  const core = coreOf('release');
  return { ...task, lambda: part * core.scoped(() => emptyFrom(problemOf(core, task))) };
}

/** Iterates of the twin. */
const ITERATES = [0.05, 0.5].map((part) => {
  const task = randomTask(3, 40, 7, 2, part);
  return { part, task, expected: byMultipliers(task, PENALTY, 60) };
});

describe.each(BUILDS)('regression with a row-sparse C (%s build)', (build) => {
  const core = coreOf(build);

  test.each(REGRESSIONS)('reaches the stored minimum of case %i with both solvers', (_, task, one) => {
    for (const solver of ['bcd', 'ialm'] as const) {
      const { C } = solved(core, task, solver, 1e-11);
      expect(Math.abs(rowSparseObjective(task, C) / one.obj - 1), solver).toBeLessThan(1e-9);
    }
  });

  test.each(REGRESSIONS)('takes five iterations of the multipliers as stored in case %i', (_, task, one) => {
    const { kappa0: kappa, rho, kappaMax, trace, C } = one.ialm5;
    core.scoped(() => {
      const problem = problemOf(core, task);
      const run = new Multipliers(problem, task.lambda, { kappa, rho, kappaMax });
      const found = trace.map(() => {
        run.iterate();
        return [rowSparseObjective(task, solution(problem)), Math.max(...run.apart().map(Math.abs))];
      });
      expect(distance(found.flat(), trace.flat())).toBeLessThan(1e-9);
      expect(distance(solution(problem).data, C.data)).toBeLessThan(1e-9);
    });
  });

  test('looks only at rows that can leave 0, and iterates as if at all', () => {
    for (const { part, task, expected } of ITERATES) {
      core.scoped(() => {
        const problem = problemOf(core, task);
        const run = new Multipliers(problem, task.lambda, PENALTY, 3);
        const looked = expected.map(({ C, apart }, t) => {
          run.iterate();
          const scale = Math.max(1e-3, ...C.data.map(Math.abs));
          expect(distance(solution(problem).data, C.data), `${part}, iteration ${t}`).toBeLessThan(1e-9);
          expect(Math.abs(Math.max(...run.apart().map(Math.abs)) - apart) / scale).toBeLessThan(1e-9);
          return run.looked;
        });
        expect(Math.min(...looked)).toBeLessThan(30);
      });
    }
  });

  test('has a certificate that never promises too much, an objective that never rises, one minimum for both solvers', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 2, max: 5 }),
        fc.double({ min: 0.02, max: 0.95, noNaN: true }),
        (seed, d, m, classes, part) => {
          const task = randomTask(seed, d, m, classes, part);
          if (task.lambda === 0) return;
          const { passes, C } = solved(core, task, 'bcd', 1e-8);
          const other = solved(core, task, 'ialm', 1e-6);
          const scale = classes === 0 ? 1 : task.B.data.reduce((sum, value) => sum + value, 0);
          const reached = passes[passes.length - 1];
          expect(reached.gap).toBeLessThanOrEqual(1e-8 * scale);
          expect(reached.objective).toBeCloseTo(rowSparseObjective(task, C), 9);
          expect(rowSparseObjective(task, C) - dualBound(task, C)).toBeGreaterThan(-1e-9 * scale);
          // Every gap on the way bounds the distance to where the passes end.
          for (const { objective, gap } of [...passes, ...other.passes])
            expect(objective - gap).toBeLessThanOrEqual(reached.objective + 1e-9 * scale);
          for (let t = 1; t < passes.length; t++)
            expect(passes[t].objective).toBeLessThanOrEqual(passes[t - 1].objective + 1e-12 * scale);
          expect(Math.abs(rowSparseObjective(task, other.C) - reached.objective)).toBeLessThan(2e-6 * scale);
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  test('is that of the twin, for more and for fewer rows than columns', () => {
    for (const [d, m, classes] of [
      [1, 2, 2],
      [9, 30, 3],
      [30, 9, 4],
      [60, 15, 2],
    ]) {
      const task = randomTask(d, d, m, classes, 0.2);
      const expected = rowSparseObjective(task, byCoordinates(task, 20_000));
      const { C } = solved(core, task, 'bcd', 1e-12, 100);
      expect(rowSparseObjective(task, C)).toBeLessThan(expected * (1 + 1e-9));
    }
  });
});

describe('dosl', () => {
  let core: Core;
  beforeAll(async () => {
    core = await load();
  });

  const made = (name: string, X: Dense, labels?: readonly number[]): Corpus =>
    corpus({
      name,
      features: matrix(
        X.cols,
        X.rows,
        Float32Array.from(X.data, (_, at) => X.data[(at % X.rows) * X.cols + Math.floor(at / X.rows)]),
      ),
      columns: Array.from({ length: X.rows }, (_, f) => `feature ${f}`),
      emotion: Array.from({ length: X.cols }, (_, i) =>
        labels === undefined ? null : ['anger', 'fear', 'sadness'][labels[i]],
      ),
    });
  /** The golden corpora; the target twice over, since one of 12 rows is left to the base SVM. */
  const twice = (X: Dense): Dense =>
    dense(
      X.rows,
      2 * X.cols,
      Array.from(
        { length: 2 * X.rows * X.cols },
        (_, at) => X.data[Math.floor(at / 2 / X.cols) * X.cols + (at % X.cols)],
      ),
    );
  const task = () => ({
    source: made('source', GOLDEN_SOURCE, GOLDEN_LABELS),
    target: made('target', twice(GOLDEN_TARGET)),
  });

  test.each(REGRESSIONS)(
    'says of the golden target what is stored, case %i, with both solvers',
    async (_, __, one) => {
      const words = one.pred.map((k) => ['anger', 'fear', 'sadness'][k]);
      for (const solver of ['bcd', 'ialm'] as const) {
        let objective = NaN;
        const options: Partial<DoslOptions> = { lambda: one.lam, mu: one.mu, solver, normalize: 'none' };
        const model = await dosl(options).fit(task(), {
          core,
          onProgress: (told) => (objective = told.objective ?? objective),
        });
        expect(model.predict()).toEqual([...words, ...words]);
        expect(Math.abs(objective / one.obj - 1), solver).toBeLessThan(1e-4);
        expect(model.warnings).toEqual([]);
        // The map knows new recordings, from a file too.
        const fresh = made('fresh', GOLDEN_TARGET).features;
        expect(model.predict(fresh)).toEqual(words);
        expect((await loadModel(model.toBytes(), { core })).classify(fresh)).toEqual(model.classify(fresh));
      }
    },
  );

  test.each([-1, NaN, Infinity, 1e13, '5'])('refuses lambda = %s by its name', (lambda) => {
    expect(() => dosl({ lambda: lambda as number })).toThrow(SatnmfError);
    expect(() => dosl({ lambda: lambda as number })).toThrow(
      /"lambda" must be a finite number ≥ 0 and ≤ 1000000000000/,
    );
  });

  test('ends in zero weights where lambda is large, says so, and names from where on', async () => {
    for (const solver of ['bcd', 'ialm'] as const) {
      const model = await dosl({ lambda: 1000, solver }).fit(task(), { core });
      expect(model.warnings).toHaveLength(1);
      const [, from] =
        /^lambda = 1000 is not below ([\d.]+), from which on all weights of this task are 0: "anger", the first/.exec(
          model.warnings[0],
        ) ?? [];
      expect(new Set(model.predict())).toEqual(new Set(['anger']));
      expect(model.classify().margins.every((margin) => margin === 0)).toBe(true);
      const below = await dosl({ lambda: 0.999 * Number(from), solver }).fit(task(), { core });
      expect(below.warnings).toEqual([]);
      expect(below.classify().margins.some((margin) => margin !== 0)).toBe(true);
    }
  });

  test('takes a lambda of 0 for the least that has one solution', async () => {
    const margins = async (lambda: number) =>
      (await dosl({ lambda, mu: 0, normalize: 'none' }).fit(task(), { core })).classify().margins;
    expect(distance(await margins(1e-7), await margins(0))).toBeLessThan(1e-2);
  });

  test('leaves utterances without an emotion out of the loss, but in the means', async () => {
    const { source, target } = task();
    const emotion = source.emotion.map((word, i) => (i % 5 === 4 ? null : word));
    const options: Partial<DoslOptions> = { lambda: 0.3, mu: 100, normalize: 'none', tolerance: 1e-9 };
    const fit = (given: Corpus) => dosl(options).fit({ source: given, target }, { core });
    const kept = await fit({ ...source, emotion });
    const without = Array.from({ length: 14 }, (_, i) => i).filter((i) => i % 5 !== 4);
    const rows = without.flatMap((i) => Array.from(source.features.data.subarray(16 * i, 16 * i + 16)));
    const cut = await fit({
      ...source,
      features: matrix(without.length, 16, Float32Array.from(rows)),
      emotion: without.map((i) => source.emotion[i]),
      file: without.map(() => null),
      speaker: without.map(() => null),
    });
    expect(distance(cut.classify().margins, kept.classify().margins)).toBeGreaterThan(1e-3);
  });

  test('says how near it came if it was stopped before the end', async () => {
    const model = await dosl({ lambda: 0.01, maxIterations: 1, tolerance: 1e-9 }).fit(task(), { core });
    expect(model.iterations).toEqual([1]);
    expect(model.warnings.join()).toMatch(/^after 1 passes the objective .* above its minimum: a larger/);
  });

  test('tells its progress: larger weights, then passes with an objective that never rises', async () => {
    const seen: [string, number][] = [];
    const model = await dosl({ lambda: 0.1, mu: 1, normalize: 'none' }).fit(task(), {
      core,
      onProgress: ({ phase, objective = NaN }) => seen.push([phase, objective]),
    });
    const passes = seen.filter(([phase]) => phase === 'coordinates').map(([, objective]) => objective);
    expect(seen.some(([phase]) => phase === 'larger weights')).toBe(true);
    expect(passes.length).toBe(model.iterations[0] + 1);
    for (let t = 1; t < passes.length; t++)
      expect(passes[t]).toBeLessThanOrEqual(passes[t - 1] * (1 + 1e-12));
  });
});
