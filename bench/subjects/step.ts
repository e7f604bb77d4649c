/**
 * One plain multiplicative iteration of the whole SATNMF objective against the same in NumPy (f32, in place).
 * Ours also computes the objective and the KKT residual, which NumPy is spared.
 */
import { matrix } from '../../js/data/index.js';
import {
  isAbsent,
  mapped,
  measure,
  notMeasured,
  ratio,
  type Row,
  row,
  type Spread,
  subject,
  type Work,
} from '../harness.js';
import { begin, iterate, type StepSizes, WEIGHTS } from '../jobs/step.js';
import { openPython, openTold, type Python } from '../peers/python.js';
import { openRuntime, type Runtime } from '../runtimes.js';

const SIZES: StepSizes = { N: 1500, d: 6373, r: 128, c: 6 };
const NAME = `MU iteration, d = ${SIZES.d}, N = ${SIZES.N}, r = ${SIZES.r}`;
const ASKED = {
  Node: { target: '≤ 2x', goal: '≤ 1.8x' },
  Bun: { target: '≤ 1.8x', goal: '≤ 1.65x' },
  wide: { target: '≤ 1.2x', goal: '≤ 1x' },
};

/** Iterations after which both must have the same codes. */
const CHECKED = 3;

const flops = ({ N, d, r }: StepSizes): number => 4 * d * N * r + 2 * r * r * (d + N) + r * r * (d + N);

/** Gives NumPy the start of the job in this process. */
async function give(python: Python): Promise<void> {
  const { N, d, r, c } = SIZES;
  const { X, groups, graph, start, n } = await begin(SIZES);
  const W = matrix(N, N);
  for (let i = 0; i < N; i++)
    for (let e = graph.start[i]; e < graph.start[i + 1]; e++)
      W.data[i * N + graph.column[e]] = graph.weight[e];
  await python.give('X', X);
  await python.give('W', W);
  await python.give('group', matrix(N, 1, Float32Array.from(groups.group)));
  await python.give('U', matrix(d, r, start.U));
  await python.give('H', matrix(c, r, start.H));
  await python.give('C', matrix(N, r, start.C));
  await python.call('step.prepare', { n, c, weights: WEIGHTS });
}

/** Both from the same start: how far the codes are apart after a few iterations, as a part of the largest. */
async function difference(python: Python): Promise<number> {
  await give(python);
  let ours = iterate();
  await python.call('step.iterate');
  for (let i = 1; i < CHECKED; i++) {
    ours = iterate();
    await python.call('step.iterate');
  }
  const theirs = (await python.take('C')).data;
  const { C } = ours.take(0);
  let [largest, worst] = [0, 0];
  C.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(theirs[i]));
    worst = Math.max(worst, Math.abs(value - theirs[i]));
  });
  return worst / largest;
}

async function rows(say: (sentence: string) => void): Promise<Row[]> {
  const python = await openPython();
  if (isAbsent(python))
    return Object.entries(ASKED).map(([name, asked]) =>
      notMeasured(`${NAME}, ${name}`, python.absent, asked),
    );
  const apart = await difference(python);
  say(
    `after ${CHECKED} iterations the codes differ from NumPy's by ${apart.toExponential(1)} of the largest`,
  );
  if (!(apart < 1e-3)) throw new Error('NumPy does another iteration than ours.');
  const there: Record<string, Runtime> = {};
  const absent: Record<string, string> = {};
  for (const [key, name, flags] of [
    ['Bun', 'Bun', []],
    ['Node 24', 'Node 24', []],
    ['wide', 'Node 24', ['--experimental-wasm-revectorize']],
  ] as const) {
    const runtime = await openRuntime(name, 'step', flags);
    if (isAbsent(runtime)) {
      absent[key] = runtime.absent;
      continue;
    }
    there[key] = runtime;
    await runtime.call('prepare', { ...SIZES, wide: key === 'wide' });
  }
  const told = await openTold(python);
  if (told !== undefined) await give(told);
  const work: Record<string, Work> = {
    Node: () => void iterate(),
    numpy: () => python.cost('step.iterate'),
    ...(told !== undefined && { told: () => told.cost('step.iterate') }),
  };
  for (const [key, runtime] of Object.entries(there)) work[key] = () => runtime.cost('iterate', {}, 2);
  const timings = await measure(work, { rounds: 9, warmUp: 2, atLeast: 0.2 });
  const gflops = (seconds: number): number => flops(SIZES) / seconds / 1e9;
  const milliseconds = (key: string): Spread => mapped(timings[key].cpu, (seconds) => 1000 * seconds);
  const line = (key: string, asked: { target?: string; goal?: string }, version: string): Row =>
    row({
      name: `${NAME}, ${key}`,
      value: milliseconds(key),
      unit: 'ms CPU',
      ratio: ratio(timings[key], timings['numpy'], 'cpu'),
      ...asked,
      note: `${version}, ${gflops(timings[key].cpu.median).toFixed(0)} GFLOP/s`,
    });
  return [
    line('Node', ASKED.Node, process.version),
    'Bun' in there
      ? line('Bun', ASKED.Bun, there['Bun'].version)
      : notMeasured(`${NAME}, Bun`, absent['Bun'], ASKED.Bun),
    'Node 24' in there
      ? line('Node 24', {}, there['Node 24'].version)
      : notMeasured(`${NAME}, Node 24`, absent['Node 24']),
    'wide' in there
      ? line('wide', ASKED.wide, `Node ${there['wide'].version} with its flag`)
      : notMeasured(`${NAME}, wide`, absent['wide'], ASKED.wide),
    ...['numpy', ...(told === undefined ? [] : ['told'])].map((key) =>
      row({
        name: key === 'numpy' ? 'NumPy' : 'NumPy told Haswell; ratio of Node to it',
        value: milliseconds(key),
        unit: 'ms CPU',
        ...(key === 'told' && { ratio: ratio(timings['Node'], timings[key], 'cpu') }),
        note: `${(key === 'told' ? told : python)?.text}, ${gflops(timings[key].cpu.median).toFixed(0)} GFLOP/s`,
      }),
    ),
  ];
}

await subject('step', rows);
