import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Factorization } from '../../../../js/learn/factor/factorization.js';
import { rowGroups } from '../../../../js/learn/factor/corpus-class-groups.js';
import { buildGraph } from '../../../../js/core/samples/graph.js';
import { gram, pack } from '../../../../js/core/samples/samples.js';
import { type Matrix, matrix } from '../../../../js/data/matrix.js';
import { applyNormalizer, fitNormalizer } from '../../../../js/data/scaling/normalize.js';
import { uar, war } from '../../../../js/metrics/index.js';
import { decide, predictClasses, trainBaseSvm, trainLinearSvm } from '../../../../js/learn/svm/index.js';
import { decideCodes } from '../../../../js/learn/model/model.js';
import { majorityVote } from '../../../../js/learn/model/vote.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';
import { type Stored, rowMajor, transposed } from '../../../assembly/core/svm/stored.js';

interface Golden {
  Fs: Stored;
  Ft: Stored;
  speakersS: number[];
  speakersT: number[];
  ys: number[];
  yt: number[];
  c: number;
  r: number;
  params: { alpha: number; beta: number; lam: number; gam: number; power: 1 | 2 };
  iters: number;
  pseudo: number[];
  sigma: number;
  baseline: { uar: number; war: number };
  trials: {
    U0: Stored;
    H0: Stored;
    V0: Stored;
    J0: number;
    J60: number;
    dec: Stored;
    pred: number[];
    uar: number;
    war: number;
  }[];
  vote: number[];
  uar: number;
  war: number;
}

const golden = JSON.parse(readFileSync('test/golden/e2e.json', 'utf8')) as Golden;
const never = {
  shuffle(): void {
    throw new Error('this scheme draws no random numbers');
  },
};

/** Class numbers as words, in the same order. */
const words = (labels: ArrayLike<number>): string[] => Array.from(labels, (k) => `class ${k}`);

function scaled(stored: Stored, speakers: number[]): Matrix {
  const rows = {
    name: 'golden',
    features: matrix(stored.rows, stored.cols, rowMajor(stored)),
    speaker: speakers.map(String),
  };
  return applyNormalizer(fitNormalizer(rows, 'speaker-min-max'), rows.features, rows.speaker);
}

describe.each(BUILDS)('the whole procedure on two synthetic corpora (%s build)', (build) => {
  const core = coreOf(build);
  const { c, r, params } = golden;
  const source = scaled(golden.Fs, golden.speakersS);
  const target = scaled(golden.Ft, golden.speakersT);
  const labels = Int32Array.from(golden.ys);
  const n = source.rows;

  test('the base SVM gives the stored pseudo labels, UAR and WAR', () =>
    core.scoped(() => {
      const samples = pack(core, source, target);
      const settings = { svm: 'ovr-l2', C: 1, bias: 1, seed: 1 } as const;
      const base = trainBaseSvm(samples, gram(samples), labels, c, settings);
      const pseudo = predictClasses(decide(base, target.data));
      expect([...pseudo]).toEqual(golden.pseudo);
      expect(uar(words(golden.yt), words(pseudo))).toBeCloseTo(golden.baseline.uar, 12);
      expect(war(words(golden.yt), words(pseudo))).toBeCloseTo(golden.baseline.war, 12);
    }));

  test('graph, 60 iterations, SVM on the codes and vote give the stored predictions', () =>
    core.scoped(() => {
      const samples = pack(core, source, target);
      const graph = core.scoped(() => buildGraph(samples, gram(samples), 5, 'mean-pair'));
      expect(Math.abs(graph.sigma / golden.sigma - 1)).toBeLessThan(1e-5);
      const descent = {
        r,
        alpha: params.alpha,
        beta: params.beta,
        lambda: params.lam,
        gamma: params.gam,
        pos: 0.001,
        neg: 1,
        power: params.power,
        update: 'mu',
        scale: 'end',
      } as const;
      const groups = rowGroups(golden.ys, golden.pseudo, c);
      const run = new Factorization(samples, groups, c, graph, descent, golden.trials.length);
      golden.trials.forEach(({ U0, H0, V0 }, t) =>
        run.put(t, { U: rowMajor(U0), H: rowMajor(H0), C: transposed(V0) }),
      );
      const starts = golden.trials.map((_, t) => run.evaluate(t).total);
      let ends: number[] = [];
      for (let i = 0; i < golden.iters; i++) ends = run.step().map(({ objective }) => objective.total);
      // Retired from the last to the first, so that no trial changes its slot.
      const factors = golden.trials.map((_, t) => run.retire(golden.trials.length - 1 - t).factors).reverse();
      const predicted = golden.trials.map((trial, t) => {
        expect(Math.abs(starts[t] / trial.J0 - 1)).toBeLessThan(1e-4);
        expect(Math.abs(ends[t] / trial.J60 - 1)).toBeLessThan(1e-4);
        const rows = Float64Array.from(factors[t].C.subarray(0, n * r));
        const svm = trainLinearSvm(
          { rows, features: r, labels, classes: c },
          { C: 10, tolerance: 1e-8 },
          never,
        );
        const said = decideCodes(svm, factors[t].C.subarray(n * r), 1);
        const classes = predictClasses(said);
        expect([...classes]).toEqual(trial.pred);
        // f32 codes: the decision values agree far below the smallest margin, 0.048
        said.margins.forEach((value, i) => expect(Math.abs(value - trial.dec.data[i])).toBeLessThan(5e-3));
        expect(uar(words(golden.yt), words(classes))).toBeCloseTo(trial.uar, 12);
        return classes;
      });
      const { winners } = majorityVote(predicted, c);
      expect([...winners]).toEqual(golden.vote);
      expect(uar(words(golden.yt), words(winners))).toBeCloseTo(golden.uar, 12);
      expect(war(words(golden.yt), words(winners))).toBeCloseTo(golden.war, 12);
    }));
});
