/**
 * The paper's search of SATNMF at r = 64, one axis at a time: `satnmf sweep run` against `satnmf evaluate` called once a
 * point. Processes from start to end, each on all cores, as users call them; equal options, equal predictions.
 *
 * Of the calls of `evaluate` one in so many is run, and counts for as many. Where the time of one goes is measured in
 * this process; from it follows what sharing could gain at most.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { load } from '../../js/core/index.js';
import { evaluate, pairOf } from '../../js/experiment/index.js';
import type { Options } from '../../js/sweep/index.js';
import { isFailed } from '../../js/experiment/results/index.js';
import { methodByName, SEARCHED } from '../../js/methods/index.js';
import { readRunStore } from '../../js/outside/node/index.js';
import { shared as sharedFolder, sharedTable } from '../data.js';
import {
  type Cost,
  isAbsent,
  mapped,
  measure,
  notMeasured,
  ratio,
  row,
  type Row,
  subject,
} from '../harness.js';

const ASKED = { target: '≥ 3' };
const NAME = 'satnmf, robust, r = 64, one axis at a time, emodb → urdu';
/** One in so many points is evaluated by a call of its own. */
const SAMPLE = 6;
const CLI = resolve('dist/cli.js');

/** CPU seconds of the processes that this one has started and that have ended, with all theirs. Linux only. */
function childSeconds(): number {
  const stat = '/proc/self/stat';
  if (!existsSync(stat)) return NaN;
  // After the name, which may hold anything but ends with the last bracket; cutime and cstime in ticks of 10 ms.
  const fields = readFileSync(stat, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Runs the command line to its end. */
async function satnmf(...args: string[]): Promise<{ out: string; cost: Cost }> {
  const [cpu, wall] = [childSeconds(), performance.now()];
  const child = spawn(process.execPath, [CLI, ...args, '--json', '-q'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`satnmf ${args[0]} ended with exit code ${String(code)}.`);
  return { out, cost: { cpu: childSeconds() - cpu, wall: (performance.now() - wall) / 1000 } };
}

const sum = (costs: readonly Cost[], weight: number): Cost => ({
  cpu: weight * costs.reduce((total, { cpu }) => total + cpu, 0),
  wall: weight * costs.reduce((total, { wall }) => total + wall, 0),
});

/** Sweep and calls for the same points. */
async function compared(
  folder: string,
  options: Options,
  [source, target]: readonly [string, string],
  say: (sentence: string) => void,
) {
  const axes = Object.fromEntries(Object.entries(SEARCHED['satnmf']).filter(([option]) => option !== 'r'));
  const methods = [{ method: 'satnmf', options, axes }];
  const plan = join(folder, 'plan.json');
  writeFileSync(plan, JSON.stringify({ schemes: [{ name: 's', source, target }], methods }));
  const points = (JSON.parse((await satnmf('sweep', 'plan', plan)).out) as { points: { varied: Options }[] })
    .points;
  const calls = points.filter((__, i) => i % SAMPLE === 0);
  say(`${points.length} points in a sweep, ${calls.length} of them by calls of their own …`);
  const store = join(folder, 'runs.jsonl');
  const said = new Map<string, string>();
  const timings = await measure(
    {
      async sweep() {
        rmSync(store, { force: true });
        return (await satnmf('sweep', 'run', plan, '-o', store)).cost;
      },
      async calls() {
        const costs: Cost[] = [];
        for (const { varied } of calls) {
          const set = Object.entries({ ...options, ...varied }).flatMap(([key, value]) => [
            '--set',
            `${key}=${value}`,
          ]);
          const tables = ['--source', source, '--target', target];
          const { out, cost } = await satnmf('evaluate', ...tables, '--method', 'satnmf', ...set);
          const { results } = JSON.parse(out) as { results: { predictions: string[] }[] };
          said.set(JSON.stringify(varied), results[0].predictions.join());
          costs.push(cost);
        }
        return sum(costs, points.length / calls.length);
      },
    },
    { rounds: 1, warmUp: 0, atLeast: 0 },
  );
  for (const run of await readRunStore(store)) {
    const own = said.get(JSON.stringify(run.varied));
    if (own === undefined) continue;
    if (isFailed(run) || own !== run.predictions.map((k) => run.classes[k]).join())
      throw new Error(`Sweep and evaluate differ at ${JSON.stringify(run.varied)}.`);
  }
  return { ...timings, points: points.length };
}

/** CPU seconds of a fit by itself on one thread, of which `factorize` goes to the factorisation. */
async function fitSeconds(
  options: Options,
  tables: Parameters<typeof pairOf>,
): Promise<{ all: number; factorize: number }> {
  const core = await load();
  const now = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const began = now();
  let [first, last] = [0, 0];
  await evaluate(methodByName('satnmf', options), pairOf(...tables), {
    core,
    onProgress({ phase, iteration }) {
      if (phase === 'graph' && iteration === 1) first = now();
      if (phase === 'factorize') last = now();
    },
  });
  return { all: now() - began, factorize: last - first };
}

await subject('sweep', async (say) => {
  const [emodb, urdu] = [await sharedTable('emodb'), await sharedTable('urdu')];
  for (const table of [emodb, urdu]) if (isAbsent(table)) return [notMeasured(NAME, table.absent, ASKED)];
  if (isAbsent(emodb) || isAbsent(urdu)) return [];
  // What users call is measured, so it must be what the sources say.
  spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 2, 2] });
  const files = ['emodb', 'urdu'].map((name) => resolve(sharedFolder, 'data', 'tables', `${name}.npy`));
  const folder = mkdtempSync(join(tmpdir(), 'satnmf-sweep-'));
  const rows: Row[] = [];
  try {
    for (const trials of [5, 1]) {
      const options = { r: 64, trials };
      const { sweep, calls, points } = await compared(folder, options, [files[0], files[1]], say);
      const fits = points - SEARCHED['satnmf']['C'].length + 1;
      const { all, factorize } = await fitSeconds(options, [emodb, urdu]);
      const name = `${NAME}, ${trials === 1 ? 'one trial' : `${trials} trials`}`;
      const rate = (cost: Cost): number => (60 * points) / cost.wall;
      const whole = calls.runs[0].cpu / points;
      rows.push(
        row({
          name,
          value: rate(sweep.runs[0]),
          unit: 'points/min',
          ratio: ratio(calls, sweep, 'wall'),
          ...ASKED,
          note: `${points} points in ${fits} factorisations; whole processes on all cores, wall time; equal predictions`,
        }),
        row({ name: `${name}: an evaluate call each`, value: rate(calls.runs[0]), unit: 'points/min' }),
        row({
          name: `${name}: CPU time`,
          value: mapped(sweep.cpu, (s) => s / points),
          unit: 's a point',
          ratio: ratio(calls, sweep, 'cpu'),
        }),
        row({
          name: `${name}: what an evaluate call spends on its factorisation`,
          value: (100 * factorize) / whole,
          unit: '%',
          note: `${factorize.toFixed(2)} of ${whole.toFixed(2)} s CPU; the whole fit ${all.toFixed(2)} s`,
        }),
        row({
          name: `${name}: CPU time if all but factorisations cost nothing`,
          value: (fits * factorize) / points,
          unit: 's a point',
          ratio: (points * whole) / (fits * factorize),
          note: 'the most that sharing can gain without changing a bit',
        }),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
});
