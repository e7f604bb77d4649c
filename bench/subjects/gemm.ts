/**
 * The product of matrices: against the limit of the core, in every runtime; against peers.
 *
 * big · small as a fit has them: X U (1500 x 6373 · 6373 x r). X is packed once for a whole fit, so packing it is
 * not measured; packing U is. Peers get both operands as they like them best: as Uᵀ Xᵀ.
 */
import { filled, LIMIT_FLOPS, operations as here, type Shape } from '../jobs/gemm.js';
import {
  isAbsent,
  mapped,
  measure,
  notMeasured,
  ratio,
  row,
  subject,
  type Row,
  type Spread,
  type Timing,
} from '../harness.js';
import { matmulPeers } from '../peers/matmul.js';
import { openPython, openTold } from '../peers/python.js';
import { openRuntime, type RuntimeName } from '../runtimes.js';

const PAPER = (R: number): Shape => ({ M: 1500, K: 6373, R });
const SMALL: Shape = { M: 375, K: 1593, R: 128 };
const SHAPES: readonly (readonly [string, Shape])[] = [
  ...[16, 64, 128, 512].map((r) => [`r = ${r}`, PAPER(r)] as const),
  ['small (128 x 1593 x 375)', SMALL],
];
const ROUNDS = 7;

const flops = ({ M, K, R }: Shape): number => 2 * M * K * R;
const gflops = (timing: Timing, shape: Shape): Spread =>
  mapped(timing.cpu, (seconds) => flops(shape) / seconds / 1e9);

/** Share of the limit, round by round. */
function share(ours: Timing, limit: Timing, shape: Shape): Spread {
  const scale = flops(shape) / LIMIT_FLOPS;
  return mapped(ratio(limit, ours, 'cpu'), (value) => value * scale);
}

const limits = { Node: ['≥ 0.85', '≥ 0.92'], 'Node 24': ['≥ 0.85', '≥ 0.92'], Bun: ['≥ 0.85', '≥ 0.92'] };
const checked = ['≥ 0.68', '≥ 0.75'];

function bounds(name: RuntimeName, { R }: Shape): { target?: string; goal?: string } {
  if (R < 64) return {};
  const [target, goal] = name in limits ? limits[name as keyof typeof limits] : checked;
  return { target, goal };
}

/** Shares of the limit in another runtime. workerd compiles no bytes: its limit is measured here. */
async function elsewhere(name: RuntimeName): Promise<Row[]> {
  const runtime = await openRuntime(name, 'gemm');
  const title = (what: string): string => `${what}: share of the limit, ${name}`;
  if (isAbsent(runtime))
    return SHAPES.map(([what, shape]) => notMeasured(title(what), runtime.absent, bounds(name, shape)));
  await runtime.call('open', {});
  const own = name !== 'workerd';
  if (own) await runtime.call('openLimit');
  const rows: Row[] = [];
  for (const [what, shape] of SHAPES) {
    await runtime.call('prepare', { ...shape });
    const repeats = Math.ceil(2e9 / flops(shape));
    const timing = await measure(
      {
        limit: () => (own ? runtime.cost('limit', {}, 20) : here.limit()),
        ours: () => runtime.cost('run', {}, repeats),
      },
      { rounds: ROUNDS, warmUp: 3, atLeast: own ? 0 : 0.02 },
    );
    rows.push(
      row({
        name: title(what),
        value: gflops(timing.ours, shape),
        unit: 'GFLOP/s',
        ratio: share(timing.ours, timing.limit, shape),
        ...bounds(name, shape),
        note: `${name} ${runtime.version}${own ? '' : ', limit measured in Node'}`,
      }),
    );
  }
  await runtime.close();
  return rows;
}

const PEER_TARGETS: Record<string, readonly [paper: string[], small: string[]]> = {
  'TensorFlow.js wasm': [
    ['≥ 2.2', '≥ 2.6'],
    ['≥ 1.3', '≥ 1.5'],
  ],
  'ONNX Runtime Web': [
    ['≥ 1.55', '≥ 1.8'],
    ['≥ 1.3', '≥ 1.5'],
  ],
};
const BLAS_TARGETS: Record<number, string[]> = { 16: ['≥ 0.8', '≥ 1'], 128: ['≥ 0.48', '≥ 0.55'] };

function against(name: string, shape: Shape): { target?: string; goal?: string } {
  const found = PEER_TARGETS[name]?.[shape === SMALL ? 1 : 0];
  return found === undefined || shape.R === 512 ? {} : { target: found[0], goal: found[1] };
}

async function peers(say: (sentence: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const peer of await matmulPeers())
    for (const [what, shape] of SHAPES) {
      const title = `${what}: ours over ${peer.name}`;
      if ('absent' in peer) {
        rows.push(notMeasured(title, peer.absent, against(peer.name, shape)));
        continue;
      }
      if (shape.R === 512 || (peer.name === 'ml-matrix' && shape !== SMALL)) continue;
      say(title);
      here.prepare(shape);
      const theirs = await peer.product(filled(shape.R, shape.K), filled(shape.K, shape.M));
      const timing = await measure({ ours: here.run, theirs: theirs.run }, { rounds: ROUNDS, warmUp: 2 });
      theirs.dispose();
      rows.push(
        row({
          name: title,
          value: gflops(timing.theirs, shape),
          unit: 'GFLOP/s',
          ratio: ratio(timing.theirs, timing.ours, 'cpu'),
          ...against(peer.name, shape),
          note: `${peer.name} ${peer.version}`,
        }),
      );
    }
  return rows;
}

/** The flag of V8 that loadWide of satnmf/node sets. */
const WIDE_FLAG = '--experimental-wasm-revectorize';
const WIDE_BOUNDS = { target: '≥ 0.85', goal: '≥ 0.95' };

/** Against OpenBLAS: the core of this Node, and wide mode in Node 24. */
async function blas(say: (sentence: string) => void): Promise<Row[]> {
  const python = await openPython();
  const told = isAbsent(python) ? undefined : await openTold(python);
  const wide = await openRuntime('Node 24', 'gemm', [WIDE_FLAG]);
  const rows: Row[] = [];
  if (!isAbsent(wide)) await wide.call('open', { wide: true });
  for (const [what, shape] of SHAPES) {
    const title = `${what}: ours over OpenBLAS`;
    const [target, goal] = shape === SMALL ? [] : (BLAS_TARGETS[shape.R] ?? []);
    const bounds = target !== undefined && goal !== undefined ? { target, goal } : {};
    const wideBounds = shape.R === 128 && shape !== SMALL ? WIDE_BOUNDS : {};
    if (isAbsent(python)) {
      rows.push(
        notMeasured(title, python.absent, bounds),
        notMeasured(`${title}, wide mode`, python.absent, wideBounds),
      );
      continue;
    }
    say(title);
    here.prepare(shape);
    for (const one of [python, told]) await one?.call('gemm.prepare', { M: shape.R, K: shape.K, N: shape.M });
    const repeats = Math.ceil(2e9 / flops(shape));
    if (!isAbsent(wide)) await wide.call('prepare', { ...shape });
    const timing = await measure(
      {
        ours: here.run,
        theirs: () => python.cost('gemm.multiply'),
        ...(told === undefined ? {} : { told: () => told.cost('gemm.multiply') }),
        ...(isAbsent(wide) ? {} : { wide: () => wide.cost('run', {}, repeats) }),
      } as Record<'ours' | 'theirs' | 'told' | 'wide', () => unknown>,
      { rounds: ROUNDS, warmUp: 3 },
    );
    rows.push(
      row({
        name: title,
        value: gflops(timing.theirs, shape),
        unit: 'GFLOP/s',
        ratio: ratio(timing.theirs, timing.ours, 'cpu'),
        ...bounds,
        note: python.text,
      }),
      isAbsent(wide)
        ? notMeasured(`${title}, wide mode`, wide.absent, wideBounds)
        : row({
            name: `${title}, wide mode`,
            value: gflops(timing.wide, shape),
            unit: 'GFLOP/s',
            ratio: ratio(timing.theirs, timing.wide, 'cpu'),
            ...wideBounds,
            note: `Node ${wide.version} with ${WIDE_FLAG}; ${python.text}`,
          }),
    );
    if (told !== undefined) {
      const over = (ours: Timing, mode: string): Row =>
        row({
          name: `${what}: ours over OpenBLAS told Haswell${mode}`,
          value: gflops(timing.told, shape),
          unit: 'GFLOP/s',
          ratio: ratio(timing.told, ours, 'cpu'),
          note: told.text,
        });
      rows.push(over(timing.ours, ''), ...(isAbsent(wide) ? [] : [over(timing.wide, ', wide mode')]));
    }
  }
  return rows;
}

await subject('gemm', async (say) => {
  await here.open({});
  await here.openLimit();
  const rows: Row[] = [];
  for (const name of ['Node', 'Node 24', 'Bun', 'Deno', 'workerd'] as const) {
    say(`${name} …`);
    rows.push(...(await elsewhere(name)));
  }
  return [...rows, ...(await peers(say)), ...(await blas(say))];
});
