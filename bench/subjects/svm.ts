/**
 * Linear SVMs (squared hinge loss, one against the rest, regularised bias) against LIBLINEAR in process.
 *
 * Both count from the rows to the weights: ours from f32 rows (packing, Gram matrix where one is used, training to a
 * violation of 1e-6, weights), LIBLINEAR's from f64 rows (`LinearSVC.fit`, at the tolerance of the row; nothing is parsed). The objective
 * of both, summed over the classes, is computed here from their weights, in f64: ours must not be above theirs.
 */
import { type Core, load } from '../../js/core/index.js';
import { gram, pack } from '../../js/core/samples/index.js';
import { type Matrix, matrix } from '../../js/data/index.js';
import {
  decide,
  type LinearSvm,
  predictClasses,
  type SvmScheme,
  trainBaseSvm,
  usesGram,
} from '../../js/learn/svm/index.js';
import { isAbsent, mapped, measure, notMeasured, ratio, type Row, row, subject } from '../harness.js';
import { type LibsvmPeer, openLibsvm } from '../peers/libsvm.js';
import { openPython, type Python } from '../peers/python.js';
import { FEATURES, type Labelled, clouds, someColumns, speech } from '../speech.js';

const N = 1000;
const EMOTIONS = ['anger', 'fear', 'happiness', 'neutral', 'sadness'] as const;
const C = 1;
const ASKED = { target: '≥ 4', goal: '≥ 6' };
/** LIBLINEAR's own default. */
const TOLERANCE = 0.1;

/** LIBSVM's own default. */
const LIBSVM_TOLERANCE = 1e-3;

const milli = (seconds: number): number => 1e3 * seconds;

/** ½|w|² + C Σ ξ², summed over the classes; weights (classes x d) with the bias after them. */
function objective(
  weights: (k: number, j: number) => number,
  { data, rows, cols }: Matrix,
  labels: Int32Array,
): number {
  let total = 0;
  for (let k = 0; k < EMOTIONS.length; k++) {
    const w = Float64Array.from({ length: cols + 1 }, (_, j) => weights(k, j));
    total += w.reduce((sum, value) => sum + value * value, 0) / 2;
    for (let i = 0; i < rows; i++) {
      let f = w[cols];
      for (let j = 0; j < cols; j++) f += w[j] * data[i * cols + j];
      const z = Math.max(0, 1 - (labels[i] === k ? f : -f));
      total += C * z * z;
    }
  }
  return total;
}

/** From rows to weights. */
function train(core: Core, rows: Matrix, labels: Int32Array, svm: SvmScheme = 'ovr-l2'): LinearSvm {
  return core.scoped(() => {
    const samples = pack(core, rows, matrix(0, rows.cols));
    const settings = { svm, C, bias: 1, seed: 1 };
    const products = usesGram(settings.svm, rows.rows, rows.cols) ? gram(samples) : undefined;
    return trainBaseSvm(samples, products, labels, EMOTIONS.length, settings);
  });
}

async function against(
  core: Core,
  python: Python,
  { rows, labels, from }: Labelled,
  tol: number,
  asked: { target?: string; goal?: string },
): Promise<Row[]> {
  const d = rows.cols;
  await python.give('X', rows);
  await python.call('svm.prepare', { X: 'X' });
  const args = { X: 'X', labels: [...labels], C, tol };
  const { ours, theirs } = await measure(
    { ours: () => train(core, rows, labels), theirs: () => python.cost('svm.fit', args) },
    { rounds: d > 1000 ? 3 : 5 },
  );
  const svm = train(core, rows, labels);
  const mine = objective((k, j) => (j < d ? svm.vectors[k * d + j] : svm.intercepts[k]), rows, labels);
  const epochs = (await python.call('svm.weights')) as number;
  const { data } = await python.take('weights');
  const other = objective((k, j) => Number(data[k * (d + 1) + j]), rows, labels);
  const note = `${from}; objective ${mine.toPrecision(7)}, LIBLINEAR at ${tol} ${other.toPrecision(7)} after up to ${epochs} epochs`;
  return (['cpu', 'wall'] as const).map((by) =>
    row({
      name: `d = ${d} vs LIBLINEAR, tolerance ${tol}, ${from === 'synthetic rows' ? 'synthetic, ' : ''}${by === 'cpu' ? 'CPU' : 'wall'} time`,
      value: mapped(ours[by], milli),
      unit: 'ms',
      ratio: ratio(theirs, ours, by),
      ...(by === 'cpu' ? { ...asked, note } : {}),
    }),
  );
}

/** The same problem as LIBSVM's: one against one, hinge loss, free bias. */
async function againstLibsvm(core: Core, peer: LibsvmPeer, { rows, labels, from }: Labelled): Promise<Row[]> {
  const problem = peer.problem(rows, labels, { C, tolerance: LIBSVM_TOLERANCE });
  const { ours, theirs } = await measure(
    { ours: () => train(core, rows, labels, 'ovo'), theirs: () => problem.run() },
    { rounds: 5 },
  );
  const said = predictClasses(decide(train(core, rows, labels, 'ovo'), rows.data));
  const alike = problem.predict().filter((label, i) => label === said[i]).length;
  return [
    row({
      name: `d = ${rows.cols} vs libsvm-js, one against one, tolerance ${LIBSVM_TOLERANCE}, CPU time`,
      value: mapped(ours.cpu, milli),
      unit: 'ms',
      ratio: ratio(theirs, ours, 'cpu'),
      note: `libsvm-js ${peer.version}; ${from}; ${alike} of ${rows.rows} rows get the same class of both`,
    }),
  ];
}

await subject('svm', async (say) => {
  const core = await load();
  const all = await speech(N, EMOTIONS);
  const at = (d: number): Labelled => ({
    ...all,
    rows: d === FEATURES ? all.rows : someColumns(all.rows, d),
  });
  const out: Row[] = [];
  const python = await openPython();
  if (isAbsent(python) || python.about.sklearn === null)
    for (const d of [128, 512, FEATURES])
      out.push(
        notMeasured(
          `d = ${d} vs LIBLINEAR`,
          isAbsent(python) ? python.absent : 'scikit-learn is not installed',
          ASKED,
        ),
      );
  else {
    for (const d of [128, 512, FEATURES]) {
      say(`d = ${d} …`);
      out.push(...(await against(core, python, at(d), TOLERANCE, ASKED)));
    }
    say('a tighter tolerance …');
    out.push(...(await against(core, python, at(512), 1e-3, {})));
    if (all.from !== 'synthetic rows')
      for (const d of [128, FEATURES]) {
        say(`synthetic, d = ${d} …`);
        out.push(...(await against(core, python, clouds(N, d, EMOTIONS.length), TOLERANCE, {})));
      }
    python.close();
  }

  const libsvm = await openLibsvm();
  say('libsvm-js …');
  out.push(
    ...(isAbsent(libsvm)
      ? [notMeasured('d = 128 vs libsvm-js, one against one', libsvm.absent)]
      : await againstLibsvm(core, libsvm, at(128))),
  );
  return out;
});
