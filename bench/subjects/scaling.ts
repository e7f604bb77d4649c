/**
 * How time grows with the sizes, against the operations that theory counts; and how much wasm memory a fit takes.
 *
 * Exponents are slopes of least squares in a log–log plot over a decade; theory's are those of its own counts
 * at the same points, where a lower power has its share too.
 */
import { Factorization, rowGroups } from '../../js/learn/factor/index.js';
import { buildGraph, gram, type Graph, pack } from '../../js/core/samples/index.js';
import { type Core, load } from '../../js/core/index.js';
import { corpus, selectRows } from '../../js/data/index.js';
import { satnmf } from '../../js/methods/satnmf/index.js';
import { uniform } from '../data.js';
import { isAbsent, measure, notMeasured, type Row, row, spread, subject, type Work } from '../harness.js';
import { openRuntime } from '../runtimes.js';
import { slope } from '../slope.js';

interface Sizes {
  readonly N: number;
  readonly d: number;
  readonly r: number;
  readonly trials: number;
}

const CLASSES = 4;
/** Two corpora of usual size with the features of ComParE. */
const BASE: Sizes = { N: 1500, d: 6373, r: 128, trials: 1 };
const WEIGHTS = { alpha: 1, beta: 10, lambda: 0.1, gamma: 100, pos: 1, neg: 1, power: 1 } as const;
const classes = (rows: number): number[] => Array.from({ length: rows }, (_, i) => i % CLASSES);

/** Plain MU with all terms: method.md, Cost of an iteration, without the graph's share. */
const iterationFlops = ({ N, d, r, trials }: Sizes): number => trials * (4 * d * N * r + 4 * r * r * (d + N));
/** Half a Gram matrix. */
const gramFlops = ({ N, d }: Sizes): number => d * N * N;

/** Work whose operands lie in the arena of the core from now on. */
type Prepare = (core: Core, sizes: Sizes) => Work;

const packed = (core: Core, { N, d }: Sizes) => pack(core, uniform(N / 2, d, 1), uniform(N / 2, d, 2));

const iteration: Prepare = (core, sizes) => {
  const { N, r, trials } = sizes;
  const samples = packed(core, sizes);
  let graph: Graph | undefined;
  core.scoped(() => (graph = buildGraph(samples, gram(samples), 5, 'mean-pair')));
  const groups = rowGroups(classes(N / 2), classes(N / 2), CLASSES);
  const descent = { ...WEIGHTS, r, update: 'mu', scale: 'invariant' } as const;
  const factorization = new Factorization(samples, groups, CLASSES, graph ?? null, descent, trials);
  for (let slot = 0; slot < trials; slot++) factorization.draw(slot, 1, slot);
  return () => factorization.step();
};

const products: Prepare = (core, sizes) => {
  const samples = packed(core, sizes);
  return () => core.scoped(() => gram(samples));
};

const neighbourhood: Prepare = (core, sizes) => {
  const samples = packed(core, sizes);
  return () => core.scoped(() => buildGraph(samples, gram(samples), 5, 'mean-pair'));
};

/** Exponent in one size, the others as in `base`. */
async function exponent(
  what: string,
  prepare: Prepare,
  flops: (sizes: Sizes) => number,
  size: keyof Sizes,
  points: readonly number[],
  base: Sizes,
): Promise<Row> {
  const all = points.map((value) => ({ ...base, [size]: value }));
  const works: Record<string, Work> = {};
  // A core each, so that memory that another point made grow does not count.
  for (const sizes of all) works[`at ${sizes[size]}`] = prepare(await load(), sizes);
  const timings = await measure(works, { rounds: 5, warmUp: 1, atLeast: 0.01 });
  const inOrder = all.map((sizes) => timings[`at ${sizes[size]}`]);
  const measured = spread(
    inOrder[0].runs.map((_, round) =>
      slope(
        points,
        inOrder.map(({ runs }) => runs[round].cpu),
      ),
    ),
  );
  const theory = slope(points, all.map(flops));
  const off = spread([measured.low, measured.median, measured.high].map((value) => Math.abs(value - theory)));
  return row({
    name: `${what}: exponent of time in ${size}, ${points[0]}–${points[points.length - 1]}`,
    value: { ...off, median: Math.abs(measured.median - theory) },
    unit: 'off theory',
    target: '≤ 0.15',
    note: `measured ${measured.median.toFixed(2)}, theory ${theory.toFixed(2)}`,
  });
}

const labels = (rows: number): string[] =>
  classes(rows).map((k) => ['anger', 'fear', 'neutral', 'sadness'][k]);

function corpora(N: number, d: number) {
  const features = uniform(N, d);
  const half = Array.from({ length: N / 2 }, (_, i) => i);
  return {
    source: corpus({ name: 'source', features: selectRows(features, half), emotion: labels(N / 2) }),
    target: corpus({
      name: 'target',
      features: selectRows(
        features,
        half.map((i) => i + N / 2),
      ),
    }),
  };
}

/** Wasm memory of fits on cores of their own, as multiples of the bytes of X. */
async function memory(): Promise<Row[]> {
  const [N, d] = [1500, 6373];
  const bytes = 4 * N * d;
  const task = corpora(N, d);
  const taken = async (trials: number, maxBytes?: number): Promise<number> => {
    const core = await load(maxBytes === undefined ? {} : { maxBytes });
    await satnmf({ trials, maxIterations: 1 }).fit(task, { core });
    return core.memoryBytes / bytes;
  };
  const one = await taken(1);
  const five = await taken(5);
  const cap = 3;
  return [
    row({
      name: 'wasm memory over the bytes of X, one trial',
      value: one,
      unit: 'x',
      target: '≤ 2.4x',
      note: `a fit of N = ${N}, d = ${d}, preset robust`,
    }),
    row({
      name: 'wasm memory over the bytes of X, each further trial side by side',
      value: (five - one) / 4,
      unit: 'x',
      target: '≤ 0.35x',
      note: '5 trials against one',
    }),
    row({
      name: `wasm memory over the bytes of X, five trials under a cap of ${cap} x`,
      value: await taken(5, cap * bytes),
      unit: 'x',
      target: `≤ ${cap}x`,
      note: 'the width of the batch follows from the cap',
    }),
    await onTheEdge(),
  ];
}

/** A fit on workerd under its own cap of 96 MiB. */
async function onTheEdge(): Promise<Row> {
  const name = 'wasm memory of a fit on workerd, N = 600';
  const target = '≤ 100.7 MB';
  const workerd = await openRuntime('workerd', 'fit-memory');
  if (isAbsent(workerd)) return notMeasured(name, workerd.absent, { target });
  const value = (await workerd.call('fit', { N: 600, d: 6373 })) as number;
  await workerd.close();
  return row({
    name,
    value: value / 1e6,
    unit: 'MB',
    target,
    note: 'd = 6373, preset robust, 5 trials; the cap there is 96 MiB',
  });
}

await subject('scaling', async (say) => {
  const rows: Row[] = [];
  const add = async (
    what: string,
    prepare: Prepare,
    flops: (sizes: Sizes) => number,
    size: keyof Sizes,
    points: readonly number[],
    base = BASE,
  ): Promise<void> => {
    say(`${what} in ${size} …`);
    rows.push(await exponent(what, prepare, flops, size, points, base));
  };
  await add('iteration', iteration, iterationFlops, 'N', [150, 300, 600, 1500]);
  await add('iteration', iteration, iterationFlops, 'd', [640, 1280, 2560, 6400]);
  await add('iteration', iteration, iterationFlops, 'r', [16, 32, 64, 160]);
  await add('iteration', iteration, iterationFlops, 'trials', [1, 2, 4, 10], {
    N: 480,
    d: 1200,
    r: 64,
    trials: 1,
  });
  await add('Gram', products, gramFlops, 'N', [150, 300, 600, 1500]);
  await add('Gram', products, gramFlops, 'd', [640, 1280, 2560, 6400]);
  await add('graph from features', neighbourhood, gramFlops, 'N', [150, 300, 600, 1500]);
  say('memory …');
  return [...rows, ...(await memory())];
});
