/**
 * One fixed factorisation that passes every kernel: the same bits from both builds, from a trial alone
 * and in a batch, and other bits from other data.
 */
import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import type { Descent, Report, Scale, Update } from '../../../js/learn/factor/descent.js';
import { Factorization } from '../../../js/learn/factor/factorization.js';
import { rowGroups } from '../../../js/learn/factor/corpus-class-groups.js';
import { type SigmaRule, buildGraph } from '../../../js/core/samples/graph.js';
import { project } from '../../../js/learn/factor/project.js';
import { gram, pack } from '../../../js/core/samples/samples.js';
import { matrix } from '../../../js/data/matrix.js';
import { coreOf } from './cores.js';
import { floats, integers } from './values.js';

type Core = ReturnType<typeof coreOf>;
type Floats = Float32Array<ArrayBuffer>;

/** Odd sizes beyond one block of every kernel: d > KC, N > 64, no multiple of a tile. */
const SIZES = { n: 37, m: 42, d: 301, r: 13, c: 4 };
const SEED = 2 ** 40 + 5;

interface Plan {
  update: Update;
  scale: Scale;
  sigma: SigmaRule;
  power: 1 | 2;
}

function data(): Floats {
  return floats(77, (SIZES.n + SIZES.m) * SIZES.d);
}

function digestOf(...parts: (NodeJS.ArrayBufferView | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/**
 * Runs the named trials side by side; one digest a trial over all reports, factors and projected codes.
 * With `early` the first trial leaves after that many iterations, and only its factors are told of.
 */
function run(
  core: Core,
  { update, scale, sigma, power }: Plan,
  rows: Floats,
  trials: readonly number[],
  early = Infinity,
): string[] {
  const { n, m, d, r, c } = SIZES;
  return core.scoped(() => {
    const [source, target] = [matrix(n, d, rows.slice(0, n * d)), matrix(m, d, rows.slice(n * d))];
    const samples = pack(core, source, target);
    const graph = buildGraph(samples, gram(samples), 5, sigma);
    // A row without a class on each side, and a class that the target lacks.
    const ys = [...integers(1, n, c)];
    const yt = [...integers(2, m, c - 1)];
    ys[3] = yt[7] = -1;
    const groups = rowGroups(ys, yt, c);
    const descent: Descent = {
      r,
      alpha: 1,
      beta: 10,
      lambda: 0.1,
      gamma: 200,
      pos: 0.001,
      neg: 1,
      power,
      update,
      scale,
    };
    const f = new Factorization(samples, groups, c, graph, descent, trials.length);
    trials.forEach((trial, slot) => f.draw(slot, SEED, trial));
    const reports: Report[][] = [];
    const gone: string[] = [];
    for (let i = 0; i < 6; i++) {
      reports.push(f.step());
      if (i + 1 !== early) continue;
      const { factors, moved } = f.retire(0);
      gone.push(digestOf(factors.U, factors.H, factors.C));
      for (const all of reports) all.splice(0, 1, ...all.splice(moved, 1));
    }
    const left = Array.from({ length: f.active }, (_, slot) => {
      const { U, H, C } = f.take(slot);
      if (![U, H, C].every((values) => values.every((x) => x >= 0 && x < Infinity)))
        throw new Error('the factors are not finite and non-negative');
      const told = JSON.stringify([reports.map((all) => all[slot]), f.evaluate(slot), f.residual(slot)]);
      const { codes } = project(core, target, U, r);
      return digestOf(U, H, C, codes.data, told, Float64Array.of(graph.sigma), graph.weight);
    });
    return [...gone, ...left];
  });
}

const PLANS = (['mu', 'accelerated-hals'] as const).flatMap((update, i) =>
  (['end', 'invariant'] as const).flatMap((scale, j) =>
    (['mean-pair', 'mean-neighbour', 'local'] as const).map((sigma, k): Plan => ({
      update,
      scale,
      sigma,
      power: (i + j + k) % 2 === 0 ? 1 : 2,
    })),
  ),
);

describe.each(PLANS)('$update, scale $scale, sigma $sigma', (plan) => {
  const release = coreOf('release');
  const expected = run(release, plan, data(), [0, 1, 2]);

  test('the debug build has the bits of the release build', () => {
    expect(run(coreOf('debug'), plan, data(), [0, 1, 2])).toEqual(expected);
  });

  test('a trial has the same bits alone, in another place, and when run again', () => {
    expect(new Set(expected).size).toBe(3);
    for (const trial of [0, 1, 2]) expect(run(release, plan, data(), [trial])).toEqual([expected[trial]]);
    expect(run(release, plan, data(), [2, 0])).toEqual([expected[2], expected[0]]);
  });

  test('a trial that leaves early changes no bit of the others', () => {
    const [first, ...others] = run(release, plan, data(), [0, 1, 2], 3);
    expect(others).toEqual([expected[2], expected[1]]);
    expect(run(release, plan, data(), [0], 3)).toEqual([first]);
  });

  test('one flipped bit of X changes them', () => {
    const rows = data();
    new Uint32Array(rows.buffer)[17 * SIZES.d + 5] ^= 1;
    const got = run(release, plan, rows, [0, 1, 2]);
    got.forEach((digest, trial) => expect(digest).not.toBe(expected[trial]));
  });
});
