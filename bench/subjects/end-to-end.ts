/**
 * `evaluate` emodb → emovo, satnmf, preset robust, one thread, against a NumPy script of the same algorithm
 * (bench/peers/ops/end_to_end.py) with the same numbers of iterations, outer and inner.
 */
import { MOMENTUM } from '../../js/learn/factor/index.js';
import { classIndices, matrix } from '../../js/data/index.js';
import {
  type Absent,
  isAbsent,
  measure,
  notMeasured,
  ratio,
  type Row,
  row,
  spread,
  subject,
} from '../harness.js';
import { type Evaluated, operations as here } from '../jobs/evaluate.js';
import { openPython } from '../peers/python.js';
import { openRuntime, type Runtime } from '../runtimes.js';

const NAME = 'evaluate emodb → emovo, satnmf robust, one thread';
const ASKED = { target: '≤ 2x', goal: '≤ 1.5x' };
const WIDE_NAME = 'evaluate, wide mode on Node 24';
const WIDE_ASKED = { target: '≤ 1.3x', goal: '≤ 1x' };

/** What the script says of itself. */
interface Said {
  readonly uar: number;
  readonly objective: readonly number[];
  readonly stages: Readonly<Record<string, number>>;
  readonly gflops: number;
}

const column = (values: Int32Array) => matrix(values.length, 1, Float32Array.from(values));

/** Wide mode in a process of its own, after one run, whose result must be ours. */
async function openWide(ours: Evaluated): Promise<Runtime | Absent> {
  const runtime = await openRuntime('Node 24', 'evaluate');
  if (isAbsent(runtime)) return runtime;
  const absent = (await runtime.call('open', { wide: true })) as Absent | undefined;
  if (absent !== undefined) return absent;
  const { objectives, uar } = (await runtime.call('run')) as Evaluated;
  if (uar !== ours.uar || objectives.some((value, trial) => value !== ours.objectives[trial]))
    throw new Error('Wide mode came to another result.');
  return runtime;
}

async function rows(say: (sentence: string) => void): Promise<Row[]> {
  const absent = await here.open({});
  const nothing = (because: string): Row[] => [
    notMeasured(NAME, because, ASKED),
    notMeasured(WIDE_NAME, because, WIDE_ASKED),
  ];
  if (absent !== undefined) return nothing(absent.absent);
  const { pair, options } = here.task();
  const first = await here.run();
  let latest = first;
  const ours = async (): Promise<void> => void (latest = await here.run());
  const { counts, objectives, uar } = first;
  const iterations = counts.length;
  say(`${iterations} iterations, objectives ${objectives.map((value) => value.toFixed(0)).join(' ')}`);

  const python = await openPython();
  if (isAbsent(python)) return nothing(python.absent);
  if (options.update !== 'accelerated-hals')
    return nothing(`the script knows coordinate descent, not update ${options.update}`);
  await python.give('source', pair.sources[0].features);
  await python.give('target', pair.target.features);
  await python.give('labels', column(classIndices(pair.sources[0].emotion, pair.classes)));
  await python.give('truth', column(classIndices(pair.target.emotion, pair.classes)));
  const said: Said[] = [];
  const script = async () => {
    const answer = await python.timed('end_to_end.evaluate', {
      options,
      counts,
      momentum: MOMENTUM,
    });
    said.push(answer.result as Said);
    return answer;
  };
  const wide = await openWide(first);
  // All are warm: ours ran when its steps were recorded, and the script's imports are not timed.
  const timings = await measure<'ours' | 'script' | 'wide'>(
    // A row of its own says why wide mode is absent; nothing is measured in its place.
    { ours, script, wide: isAbsent(wide) ? () => undefined : () => wide.cost('run') },
    { rounds: 3, warmUp: 0, atLeast: 0 },
  );
  const own = said.map(({ stages }) => stages);
  const given = own.map((stages, i) => timings.script.runs[i].cpu - stages['base svm']);
  const last = said[said.length - 1];
  say(
    `script: objectives ${last.objective.map((value) => value.toFixed(0)).join(' ')}, ${JSON.stringify(last.stages)}`,
  );
  say(`ours, CPU seconds at the end of each phase: ${JSON.stringify(latest.phases)}`);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    row({
      name: NAME,
      value: timings.ours.cpu,
      unit: 's CPU',
      ratio: ratio(timings.ours, timings.script, 'cpu'),
      ...ASKED,
      note: `against ${python.text}, base SVM by scikit-learn's LinearSVC`,
    }),
    row({
      name: 'evaluate, wall time',
      value: timings.ours.wall,
      unit: 's',
      ratio: ratio(timings.ours, timings.script, 'wall'),
    }),
    row({
      name: 'evaluate, pseudo labels given to the script',
      value: timings.ours.cpu,
      unit: 's CPU',
      ratio: spread(given.map((seconds, i) => timings.ours.runs[i].cpu / seconds)),
      ...ASKED,
      note: 'the script does without its base SVM, ours has one',
    }),
    isAbsent(wide)
      ? notMeasured(WIDE_NAME, wide.absent, WIDE_ASKED)
      : row({
          name: WIDE_NAME,
          value: timings.wide.cpu,
          unit: 's CPU',
          ratio: ratio(timings.wide, timings.script, 'cpu'),
          ...WIDE_ASKED,
          note: `Node ${wide.version}, loadWide of satnmf/node; the same objectives to the last bit`,
        }),
    row({ name: 'the script', value: timings.script.cpu, unit: 's CPU' }),
    ...Object.keys(own[0]).map((stage) =>
      row({ name: `the script: ${stage}`, value: spread(own.map((stages) => stages[stage])), unit: 's CPU' }),
    ),
    row({
      name: 'the script: factorisation',
      value: spread(said.map(({ gflops }) => gflops)),
      unit: 'GFLOP/s',
      note: 'products over X, small squares and sweeps',
    }),
    row({
      name: 'final objective against the script',
      value: mean(objectives),
      unit: '',
      ratio: mean(objectives) / mean(last.objective),
      note: `other random starts; mean of ${options.trials} trials, ${iterations} iterations`,
    }),
    row({ name: 'UAR', value: 100 * uar, unit: '%', note: `the script ${(100 * last.uar).toFixed(1)} %` }),
  ];
}

await subject('end-to-end', rows);
