/**
 * How low each kind of update gets on the same objective in the same time: plain MU sets the time.
 *
 *   npm run bench -- descent
 *
 * Same data, start and objective for all; process CPU time, rounds interleaved, median of the rounds.
 */
import { Factorization, rowGroups, type Scale, type Update } from '../../js/learn/factor/index.js';
import { buildGraph, gram, pack } from '../../js/core/samples/index.js';
import { load } from '../../js/core/index.js';
import { matrix } from '../../js/data/index.js';

const SIZES = { n: 400, m: 350, d: 3001, c: 4, r: 64 };
const MU_ITERATIONS = 60;
const ROUNDS = 3;
const UPDATES: readonly Update[] = ['mu', 'accelerated-hals'];

const core = await load();
const { n, m, d, c, r } = SIZES;
const labels = (rows: number): number[] => Array.from({ length: rows }, (_, i) => i % c);

/** Low rank plus noise, in [0, 1], with a class and a corpus part: what feature tables look like. */
function table(rows: number, moved: number): ReturnType<typeof matrix> {
  const out = matrix(rows, d);
  const { exports } = core;
  exports.seed(11, 0, 7);
  const parts = Float64Array.from({ length: (c + 24) * d }, () => exports.uniform());
  exports.seed(12 + moved, 0, 7);
  for (let i = 0; i < rows; i++) {
    const mix = Float64Array.from({ length: 24 }, () => exports.uniform() / 24);
    for (let j = 0; j < d; j++) {
      let value = 0.3 * parts[(i % c) * d + j] + 0.2 * moved * parts[(c + (j % 3)) * d + j];
      for (let k = 0; k < 24; k++) value += mix[k] * parts[(c + k) * d + j];
      out.data[i * d + j] = 0.5 * value + 0.1 * exports.uniform();
    }
  }
  return out;
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

await core.exclusive(async () => {
  const samples = pack(core, table(n, 0), table(m, 1));
  const graph = core.scoped(() => buildGraph(samples, gram(samples), 5, 'mean-pair'));
  const groups = rowGroups(labels(n), labels(m), c);
  const weights = { r, alpha: 1, beta: 10, lambda: 0.1, gamma: 100, pos: 1, neg: 1, power: 1 } as const;

  /** Iterates until the time is up (or the count reached); the objective then, and what it took. */
  const run = (update: Update, scale: Scale, seconds: number, iterations = Infinity) =>
    core.scoped(() => {
      const f = new Factorization(samples, groups, c, graph, { ...weights, update, scale }, 1);
      f.draw(0, 5, 0);
      const began = cpu();
      let done = 0;
      while (done < iterations && cpu() - began < seconds) {
        f.step();
        done++;
      }
      return { objective: f.evaluate(0).total, seconds: cpu() - began, iterations: done };
    });

  console.log(
    `d = ${d}, N = ${n + m}, r = ${r}, Node ${process.version}; time of ${MU_ITERATIONS} MU iterations for each`,
  );
  for (const scale of ['end', 'invariant'] as const) {
    const rounds = UPDATES.map((): { objective: number; iterations: number }[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      const { seconds } = run('mu', scale, Infinity, MU_ITERATIONS);
      UPDATES.forEach((update, u) => rounds[u].push(run(update, scale, seconds)));
    }
    console.log(
      `\n| update (${scale === 'end' ? 'J' : 'invariant J'}) | iterations | objective | part of plain MU's |`,
    );
    console.log('| --- | ---: | ---: | ---: |');
    const plain = median(rounds[0].map(({ objective }) => objective));
    UPDATES.forEach((update, u) => {
      const objective = median(rounds[u].map((one) => one.objective));
      const iterations = median(rounds[u].map((one) => one.iterations));
      console.log(
        `| ${update} | ${iterations} | ${objective.toFixed(2)} | ${(objective / plain).toFixed(4)} |`,
      );
    });
  }
});
