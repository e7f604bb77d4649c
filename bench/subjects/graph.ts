/**
 * The exact kNN graph of two corpora, against scikit-learn's brute force; and where our own time goes.
 *
 * Ours counts everything from the rows on: packing, the Gram matrix, the search, the weights of the graph. In a fit
 * the packed rows and the Gram matrix serve the factorisation and the base SVM as well.
 */
import { buildGraph, gram, pack, type Samples } from '../../js/core/samples/index.js';
import { load } from '../../js/core/index.js';
import { selectRows } from '../../js/data/index.js';
import { isAbsent, mapped, measure, notMeasured, ratio, type Row, row, subject } from '../harness.js';
import { openPython } from '../peers/python.js';
import { FEATURES, speech } from '../speech.js';

const [N, K] = [1500, 5];
const SHAPE = `N = ${N}, d = ${FEATURES}, k = ${K}`;
const ASKED = { target: '≤ 0.55x', goal: '≤ 0.4x' };

const milli = (seconds: number): number => 1e3 * seconds;

await subject('graph', async (say) => {
  const core = await load();
  const { rows, from } = await speech(N);
  const half = N >> 1;
  const upTo = (first: number, last: number) => Array.from({ length: last - first }, (_, i) => first + i);
  const [source, target] = [selectRows(rows, upTo(0, half)), selectRows(rows, upTo(half, N))];
  const graphOf = (samples: Samples) => buildGraph(samples, gram(samples), K, 'mean-pair');
  const ours = () => core.scoped(() => graphOf(pack(core, source, target)));

  const out: Row[] = [];
  const python = await openPython();
  if (isAbsent(python) || python.about.sklearn === null)
    out.push(
      notMeasured(
        `graph, ${SHAPE}, vs scikit-learn brute`,
        isAbsent(python) ? python.absent : 'scikit-learn is not installed',
        ASKED,
      ),
    );
  else {
    say(`exact graph of ${from} …`);
    await python.give('X', rows);
    const { mine, theirs } = await measure(
      { mine: ours, theirs: () => python.cost('graph.neighbours', { k: K }) },
      { rounds: 5 },
    );
    await python.call('graph.neighbours', { k: K });
    const near = (await python.take('near')).data;
    const { start, column } = ours();
    let missing = 0;
    for (let i = 0; i < N; i++)
      for (let a = 0; a < K; a++)
        if (!column.subarray(start[i], start[i + 1]).includes(Number(near[i * K + a]))) missing++;
    const note = `${from}; ${python.text}, scikit-learn ${python.about.sklearn}; ${missing} of its neighbours not in ours`;
    for (const by of ['cpu', 'wall'] as const)
      out.push(
        row({
          name: `graph, ${SHAPE}, vs scikit-learn brute, ${by === 'cpu' ? 'CPU' : 'wall'} time`,
          value: mapped(mine[by], milli),
          unit: 'ms',
          ratio: ratio(mine, theirs, by),
          ...(by === 'cpu' ? { ...ASKED, note } : {}),
        }),
      );
    out.push(row({ name: 'scikit-learn brute, CPU time', value: mapped(theirs.cpu, milli), unit: 'ms' }));
    python.close();
  }

  say('its parts …');
  await core.exclusive(async () => {
    const samples = pack(core, source, target);
    const products = gram(samples);
    const parts = await measure(
      {
        packing: () => core.scoped(() => pack(core, source, target)),
        'the Gram matrix': () => core.scoped(() => gram(samples)),
        'search and weights': () => buildGraph(samples, products, K, 'mean-pair'),
      },
      { rounds: 5 },
    );
    for (const [name, { cpu }] of Object.entries(parts))
      out.push(row({ name: `of that ${name}, CPU time`, value: mapped(cpu, milli), unit: 'ms' }));
  });
  return out;
});
