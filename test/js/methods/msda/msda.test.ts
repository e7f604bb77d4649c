import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import type { FeatureRows } from '../../../../js/core/samples/feature-rows.js';
import { corpus, loadModel, matrix, SatnmfError } from '../../../../js/entries/index.js';
import { load, msda } from '../../../../js/entries/methods.js';
import { code } from '../../../../js/learn/model/coders/coder.js';
import type { DenoiserCoder } from '../../../../js/learn/model/coders/denoiser.js';
import { tellEveryKind } from '../../../../js/learn/model/coders/every-kind.js';
import { denoise, mapThrough } from '../../../../js/learn/model/coders/denoising.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { rowMajor } from '../../../assembly/core/svm/stored.js';
import { uniforms } from '../../../assembly/core/values.js';
import { type Dense, dense, tabulate, transpose } from '../../../reference/kernels/dense.js';
import { distance, readGolden, type StoredMatrix } from '../../../reference/golden.js';
import { averageLoss, denoisingMap, hidden, stacked } from '../../../reference/methods/msda.js';

interface Case {
  readonly X: StoredMatrix;
  readonly p: number;
  readonly ridge: number;
  readonly layers2: StoredMatrix;
}

const { cases } = readGolden<{ cases: readonly Case[] }>('msda');

function fitted(core: Core, inputs: FeatureRows, p: number, ridge: number) {
  return core.scoped(() => {
    const steps = denoise(core, inputs, { p, ridge });
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  });
}

/** A coder on the features of a golden file: columns are utterances there, rows here. */
function coderOf(X: StoredMatrix, p: number, ridge: number, layers: number): DenoiserCoder {
  const inputs = { d: X.rows, N: X.cols, data: rowMajor(X) };
  tellEveryKind();
  return { kind: 'denoiser', inputs, p, ridge, layers, includeInput: true };
}

describe.each(BUILDS)('mSDA in N x N form (%s build)', (build) => {
  const core = coreOf(build);

  test.each(cases.map((one, t) => [t, one] as const))('reproduces case %i of the golden file', (_, one) => {
    const coder = coderOf(one.X, one.p, one.ridge, 2);
    const { d, N } = coder.inputs;
    const rows = matrix(N, d, Float32Array.from(transpose(dense(d, N, coder.inputs.data)).data));
    const codes = transpose(dense(N, 3 * d, code(core, coder, rows).data));
    // As new rows, and as the rows that each layer was fitted to.
    expect(distance(codes.data, one.layers2.data)).toBeLessThan(1e-4);
    const first = fitted(core, coder.inputs, one.p, one.ridge).outputs;
    const second = fitted(core, first, one.p, one.ridge).outputs;
    expect(distance([...coder.inputs.data, ...first.data, ...second.data], one.layers2.data)).toBeLessThan(
      1e-4,
    );
  });

  test('is the definition with d x d systems, for more and for fewer features than utterances', () => {
    const next = uniforms(5);
    for (const [d, N] of [
      [1, 1],
      [1, 9],
      [9, 1],
      [7, 30],
      [40, 12],
      [70, 20],
      [12, 70],
    ])
      for (const p of [0.1, 0.5, 0.9]) {
        const data = Float32Array.from({ length: d * N }, (_, at) => (at % N === 3 || at < N ? 0 : next()));
        const { layer, outputs } = fitted(core, { d, N, data }, p, 1e-5);
        const X = dense(d, N, data);
        const W = denoisingMap(X, p, 1e-5);
        expect(distance(outputs.data, hidden(W, X).data), `${d} x ${N}, p = ${p}`).toBeLessThan(1e-6);
        const fresh = Float32Array.from({ length: d * 5 }, next);
        const mapped = mapThrough(core, layer, { d, N: 5, data: fresh });
        expect(distance(mapped.data, hidden(W, dense(d, 5, fresh)).data)).toBeLessThan(1e-6);
      }
  });

  test('is the best map over all corruptions, counted one by one', () => {
    const values = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 2, max: 6 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.array(values, { minLength: 40, maxLength: 40 }),
        (d, N, p, pool) => {
          const ridge = 1e-2;
          const data = Float32Array.from(pool.slice(0, d * N));
          const { layer } = fitted(core, { d, N, data }, p, ridge);
          // The linear map, read off from what it makes of the unit vectors and of 0, where tanh is nearly the identity.
          const small = 1e-3;
          const probes = Float32Array.from({ length: d * (d + 1) }, (_, at) => {
            const [f, j] = [Math.floor(at / (d + 1)), at % (d + 1)];
            return f === j ? small : 0;
          });
          const said = mapThrough(core, layer, { d, N: d + 1, data: probes }).data;
          const linear = (f: number, j: number): number =>
            Math.atanh(Math.max(-0.999999, Math.min(0.999999, said[f * (d + 1) + j])));
          const W: Dense = tabulate(d, d + 1, (f, j) =>
            j === d ? linear(f, d) : (linear(f, j) - linear(f, d)) / small,
          );
          const X = dense(d, N, data);
          const best = averageLoss(X, denoisingMap(X, p, ridge), p, ridge);
          expect(averageLoss(X, W, p, ridge)).toBeLessThan(best + 1e-5);
        },
      ),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe('msda', () => {
  let core: Core;
  beforeAll(async () => {
    core = await load();
  });

  const pair = () => {
    const next = uniforms(2);
    const make = (name: string, rows: number) =>
      corpus({
        name,
        features: matrix(
          rows,
          6,
          Float32Array.from({ length: rows * 6 }, (_, at) => next() + (Math.floor(at / 6) % 2)),
        ),
        columns: ['a', 'b', 'c', 'd', 'e', 'f'],
        emotion: Array.from({ length: rows }, (_, i) => ['anger', 'neutral'][i % 2]),
      });
    return { source: make('one', 24), target: make('two', 22) };
  };

  test.each([0, 1, -0.1, 1.5, NaN, '0.5'])('refuses p = %s by its name', (p) => {
    expect(() => msda({ p: p as number })).toThrow(SatnmfError);
    expect(() => msda({ p: p as number })).toThrow(/"p" must be a finite number ≥ 0.000001 and ≤ 0.999999/);
  });

  test('shows the SVM the features and the layers, or the layers only', async () => {
    const task = pair();
    for (const [includeInput, width] of [
      [true, 18],
      [false, 12],
    ] as const) {
      const model = await msda({ layers: 2, includeInput, normalize: 'none' }).fit(task, { core });
      const shown = model.transform(task.target.features);
      expect(shown.cols).toBe(width);
      const all = dense(46, 6, [...task.source.features.data, ...task.target.features.data]);
      const stack = transpose(stacked(transpose(all), 0.5, 1e-5, 2));
      const expected = tabulate(22, width, (i, j) => stack.data[(24 + i) * 18 + j + 18 - width]);
      expect(distance(shown.data, expected.data)).toBeLessThan(1e-6);
    }
  });

  test('tells its progress layer by layer, and separates two classes', async () => {
    const task = pair();
    const seen: string[] = [];
    const model = await msda({ C: 1, layers: 2 }).fit(task, {
      core,
      onProgress: ({ phase, iteration, iterations }) => seen.push(`${phase} ${iteration}/${iterations}`),
    });
    expect(seen).toEqual(['base svm 0/1', 'base svm 1/1', 'denoise 0/2', 'denoise 1/2', 'denoise 2/2']);
    expect(model.predict()).toEqual(task.target.emotion);
  });

  test('fits its layers anew from a file, in the same bits, once', async () => {
    const task = pair();
    const model = await msda().fit(task, { core });
    const loaded = await loadModel(model.toBytes(), { core });
    for (let t = 0; t < 2; t++)
      expect(loaded.classify(task.source.features)).toEqual(model.classify(task.source.features));
  });
});
