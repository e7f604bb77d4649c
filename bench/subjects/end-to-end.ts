/**
 * `evaluate` emodb → emovo, satnmf, preset robust, one thread, against a NumPy script of the same algorithm
 * (bench/peers/ops/end_to_end.py) with the same numbers of iterations, outer and inner.
 */
import { MOMENTUM } from '../../js/core/factor-momentum.js';
import { Factorization } from '../../js/core/factorization.js';
import { load } from '../../js/core/load-full.js';
import type { Corpus } from '../../js/data/corpus.js';
import { classIndices } from '../../js/data/emotions.js';
import { matrix } from '../../js/data/matrix.js';
import { evaluate, pairOf } from '../../js/experiment/evaluation.js';
import { satnmf } from '../../js/methods/nmf.js';
import { sharedTable } from '../data.js';
import { isAbsent, measure, notMeasured, ratio, type Row, row, spread, subject } from '../harness.js';
import { openPython } from '../peers/python.js';

const NAME = 'evaluate emodb → emovo, satnmf robust, one thread';
const ASKED = { target: '≤ 2x', goal: '≤ 1.5x' };

/** What the script says of itself. */
interface Said {
  readonly uar: number;
  readonly objective: readonly number[];
  readonly stages: Readonly<Record<string, number>>;
  readonly gflops: number;
}

/** Sweeps of U, H and V of each running trial, iteration by iteration; and the last objectives. */
interface Steps {
  readonly counts: (readonly (readonly [number, number, number])[])[];
  objectives: number[];
}

/** Writes down how many steps each iteration takes while `work` runs. */
async function recorded(work: () => Promise<unknown>): Promise<Steps> {
  const steps: Steps = { counts: [], objectives: [] };
  const { step } = Factorization.prototype;
  Factorization.prototype.step = function () {
    const reports = step.call(this);
    steps.counts.push(reports.map(({ counts }) => counts));
    reports.forEach(({ objective }, slot) => (steps.objectives[slot] = objective.total));
    return reports;
  };
  try {
    await work();
  } finally {
    Factorization.prototype.step = step;
  }
  return steps;
}

const column = (values: Int32Array) => matrix(values.length, 1, Float32Array.from(values));

async function rows(say: (sentence: string) => void): Promise<Row[]> {
  const tables: Corpus[] = [];
  for (const name of ['emodb', 'emovo'] as const) {
    const table = await sharedTable(name);
    if (isAbsent(table)) return [notMeasured(NAME, table.absent, ASKED)];
    tables.push(table);
  }
  const pair = pairOf(tables[0], tables[1]);
  const core = await load();
  const method = satnmf();
  const options = method.options;
  let phases: Record<string, number> = {};
  let uar = 0;
  const ours = async (): Promise<void> => {
    const began = process.cpuUsage();
    phases = {};
    const onProgress = ({ phase }: { phase: string }): void => {
      const { user, system } = process.cpuUsage(began);
      phases[phase] = (user + system) / 1e6;
    };
    uar = (await evaluate(method, pair, { core, onProgress })).evaluation.uar;
  };
  const steps = await recorded(ours);
  const iterations = steps.counts.length;
  say(`${iterations} iterations, objectives ${steps.objectives.map((value) => value.toFixed(0)).join(' ')}`);

  const python = await openPython();
  if (isAbsent(python)) return [notMeasured(NAME, python.absent, ASKED)];
  if (!options.update.endsWith('hals'))
    return [notMeasured(NAME, `the script knows coordinate descent, not update ${options.update}`, ASKED)];
  await python.give('source', pair.source.features);
  await python.give('target', pair.target.features);
  await python.give('labels', column(classIndices(pair.source.emotion, pair.classes)));
  await python.give('truth', column(classIndices(pair.target.emotion, pair.classes)));
  const said: Said[] = [];
  const script = async () => {
    const answer = await python.timed('end_to_end.evaluate', {
      options,
      counts: steps.counts,
      momentum: options.update === 'accelerated-hals' ? MOMENTUM : 0,
    });
    said.push(answer.result as Said);
    return answer;
  };
  // Both are warm: ours ran when its steps were recorded, and the script's imports are not timed.
  const timings = await measure({ ours, script }, { rounds: 3, warmUp: 0, atLeast: 0 });
  const own = said.map(({ stages }) => stages);
  const given = own.map((stages, i) => timings.script.runs[i].cpu - stages['base svm']);
  const last = said[said.length - 1];
  say(
    `script: objectives ${last.objective.map((value) => value.toFixed(0)).join(' ')}, ${JSON.stringify(last.stages)}`,
  );
  say(`ours, CPU seconds at the end of each phase: ${JSON.stringify(phases)}`);
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
    notMeasured('evaluate, wide mode on Node 24', 'this subject does not run the wide mode yet', {
      target: '≤ 1.3x',
      goal: '≤ 1x',
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
      value: mean(steps.objectives),
      unit: '',
      ratio: mean(steps.objectives) / mean(last.objective),
      note: `other random starts; mean of ${options.trials} trials, ${iterations} iterations`,
    }),
    row({ name: 'UAR', value: 100 * uar, unit: '%', note: `the script ${(100 * last.uar).toFixed(1)} %` }),
  ];
}

await subject('end-to-end', rows);
