/**
 * The whole procedure in float64, against the stored one (method.md, Tolerances of the tests: decision values within
 * 1e-6).
 */
import { expect, test } from 'vitest';
import { fitNormalizer, normalizeInto } from '../../../js/data/scaling/normalize.js';
import { decide, predictClasses, trainLinearSvm } from '../../../js/learn/svm/index.js';
import { majorityVote } from '../../../js/learn/model/vote.js';
import { type Dense, dense, transpose } from '../kernels/dense.js';
import { readGolden, stored, type StoredMatrix as Stored } from '../golden.js';
import { heatGraph } from '../kernels/graph.js';
import { factorise, objective, problem } from './satnmf.js';

interface Golden {
  Fs: Stored;
  Ft: Stored;
  speakersS: number[];
  speakersT: number[];
  ys: number[];
  c: number;
  r: number;
  params: { alpha: number; beta: number; lam: number; gam: number; power: 1 | 2 };
  iters: number;
  pseudo: number[];
  sigma: number;
  trials: { U0: Stored; H0: Stored; V0: Stored; J0: number; J60: number; dec: Stored; pred: number[] }[];
  vote: number[];
}

const never = {
  shuffle(): void {
    throw new Error('this scheme draws no random numbers');
  },
};

function scaled(rows: Stored, speakers: number[]): Dense {
  const utterances = {
    name: 'golden',
    features: { rows: rows.rows, cols: rows.cols, data: Float64Array.from(rows.data) },
    speaker: speakers.map(String),
  };
  const out = dense(rows.rows, rows.cols);
  const normalizer = fitNormalizer(utterances, 'speaker-min-max');
  normalizeInto(normalizer, utterances.features, utterances.speaker, out.data);
  return out;
}

test('normalisation, pseudo labels, graph, factorisation, SVM and vote agree with the stored run', () => {
  const golden = readGolden<Golden>('e2e');
  const { c, r, params, ys } = golden;
  const [source, target] = [scaled(golden.Fs, golden.speakersS), scaled(golden.Ft, golden.speakersT)];
  const [n, m, d] = [source.rows, target.rows, source.cols];
  const labels = Int32Array.from(ys);
  const options = { tolerance: 1e-10 };
  const base = trainLinearSvm({ rows: source.data, features: d, labels, classes: c }, options, never);
  expect([...predictClasses(decide(base, target.data))]).toEqual(golden.pseudo);

  const X = transpose(dense(n + m, d, Float64Array.of(...source.data, ...target.data)));
  const graph = heatGraph(X, 5, 'meanpair');
  expect(Math.abs(graph.widths[0] - golden.sigma)).toBeLessThan(1e-12);
  const { alpha, beta, lam: lambda, gam: gamma, power } = params;
  const p = problem({ X, ys, yt: golden.pseudo, c, W: graph.W, alpha, beta, lambda, gamma, power });
  const predicted = golden.trials.map((trial) => {
    const start = { U: stored(trial.U0), H: stored(trial.H0), V: stored(trial.V0) };
    expect(Math.abs(objective(p, start) / trial.J0 - 1)).toBeLessThan(1e-12);
    const fitted = factorise(p, start, { iterations: golden.iters, update: 'mu', scale: 'end' });
    expect(Math.abs(fitted.trace[golden.iters] / trial.J60 - 1)).toBeLessThan(1e-7);
    const codes = transpose(fitted.V).data;
    const rows = codes.slice(0, n * r);
    const svm = trainLinearSvm({ rows, features: r, labels, classes: c }, { C: 10, ...options }, never);
    const said = decide(svm, codes.slice(n * r));
    trial.dec.data.forEach((value, i) => expect(Math.abs(said.margins[i] - value)).toBeLessThan(1e-6));
    const classes = predictClasses(said);
    expect([...classes]).toEqual(trial.pred);
    return classes;
  });
  expect([...majorityVote(predicted, c).winners]).toEqual(golden.vote);
});
