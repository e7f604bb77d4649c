/**
 * A sweep of the paper's, one axis at a time around r = 64, against one `evaluate` call a point: what sharing work
 * gains.
 *
 * Both on one thread, in turns, so that the ratio owes nothing to parallel work. The points that differ only in C are
 * run in full, of all others one in so many, which counts for as many.
 */
import { groupsOf } from '../../js/cli/sweep-cost.js';
import { load } from '../../js/core/load-full.js';
import { evaluate, pairOf } from '../../js/experiment/evaluation.js';
import { readPlan } from '../../js/experiment/plan.js';
import { type Point, schemeOf } from '../../js/experiment/points.js';
import { due } from '../../js/experiment/schedule.js';
import { methodByName } from '../../js/methods/registry.js';
import { sharing, type SharedWork } from '../../js/methods/shared-work.js';
import { sharedTable } from '../data.js';
import { type Cost, isAbsent, mapped, measure, notMeasured, ratio, row, subject } from '../harness.js';

const ASKED = { target: '≥ 3' };
const NAME = 'satnmf, robust, r = 64, one axis at a time';
/** One in so many of the groups that share no factors with others. */
const SAMPLE = 9;

async function timed(work: () => Promise<void>, weight: number): Promise<Cost> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (weight * (user + system)) / 1e6, wall: (weight * (performance.now() - wall)) / 1e3 };
}

await subject('sweep', async (say) => {
  const [source, target] = [await sharedTable('emodb'), await sharedTable('urdu')];
  for (const table of [source, target]) if (isAbsent(table)) return [notMeasured(NAME, table.absent, ASKED)];
  if (isAbsent(source) || isAbsent(target)) return [];
  const core = await load();
  const scheme = await schemeOf('emodb → urdu', pairOf(source, target));
  const plan = {
    schemes: [{ name: scheme.name, source: 's', target: 't' }],
    methods: [{ method: 'satnmf', options: { r: 64 }, axes: 'searched' }],
  };
  const all = (await due(core, readPlan(JSON.stringify(plan), 'plan'), [scheme], () => undefined)).points;
  // r is what is held fixed.
  const groups = groupsOf(all.filter(({ axis }) => axis !== 'r'));
  const [inC] = groups.filter(({ length }) => length > 1);
  const single = groups.filter(({ length }) => length === 1).flat();
  const sample = single.filter((_, i) => i % SAMPLE === 0);
  const weight = single.length / sample.length;
  const count = inC.length + single.length;

  const said = new Map<string, string>();
  const run = async (points: readonly Point[], shared?: SharedWork): Promise<void> => {
    for (const { id, method, options } of points) {
      const how = { core, ...(shared && { shared }) };
      const { evaluation } = await evaluate(methodByName(method, options), scheme.pair, how);
      const text = evaluation.predictions.join();
      if ((said.get(id) ?? text) !== text) throw new Error(`Point ${id} has two results.`);
      said.set(id, text);
    }
  };
  const both = async (shared?: SharedWork): Promise<Record<'inC' | 'others', Cost>> => ({
    inC: await timed(() => run(inC, shared), 1),
    others: await timed(() => run(sample, shared), weight),
  });
  const parts: Record<'alone' | 'shared', Record<'inC' | 'others', Cost>[]> = { alone: [], shared: [] };
  const sum = ({ inC: a, others: b }: Record<'inC' | 'others', Cost>): Cost => ({
    cpu: a.cpu + b.cpu,
    wall: a.wall + b.wall,
  });
  say(`${inC.length} points that differ in C, ${sample.length} of ${single.length} others …`);
  const { alone, shared } = await measure(
    {
      async alone() {
        const cost = await both();
        parts.alone.push(cost);
        return sum(cost);
      },
      shared: () =>
        sharing(core, async (work) => {
          const cost = await both(work);
          parts.shared.push(cost);
          return sum(cost);
        }),
    },
    { rounds: 1, warmUp: 0, atLeast: 0 },
  );
  const rate = (cost: typeof alone.cpu, points: number) => mapped(cost, (seconds) => (60 * points) / seconds);
  const part = (name: 'inC' | 'others') => {
    const [a, b] = [parts.alone[0][name].cpu, parts.shared[0][name].cpu];
    return { value: { median: b, low: b, high: b }, gain: { median: a / b, low: a / b, high: a / b } };
  };
  const note = `${count} points, CPU time of one thread; equal predictions`;
  return [
    row({
      name: NAME,
      value: rate(shared.cpu, count),
      unit: 'points/min',
      ratio: ratio(alone, shared, 'cpu'),
      ...ASKED,
      note,
    }),
    row({ name: `${NAME}, an evaluate call each`, value: rate(alone.cpu, count), unit: 'points/min' }),
    row({
      name: `of it the ${inC.length} values of C`,
      value: part('inC').value,
      unit: 's',
      ratio: part('inC').gain,
    }),
    row({
      name: `of it the ${single.length} other points`,
      value: part('others').value,
      unit: 's',
      ratio: part('others').gain,
    }),
  ];
});
