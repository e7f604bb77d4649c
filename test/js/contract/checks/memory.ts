/**
 * Memory: as much as was computed beforehand, and no more however many fits there are.
 */
import type { Core } from 'satnmf';
import { type Check, ensure, ensureEqual, refusal, rejection } from '../check.js';
import { pairOf } from '../corpora.js';

/** Highest top of the arena while `work` runs. */
async function peakOf(core: Core, work: () => Promise<unknown>): Promise<number> {
  const alloc = core.alloc.bind(core);
  let peak = core.exports.mark() >>> 0;
  core.alloc = (bytes) => {
    const block = alloc(bytes);
    peak = Math.max(peak, core.exports.mark() >>> 0);
    return block;
  };
  try {
    await work();
  } finally {
    core.alloc = alloc;
  }
  return peak;
}

export const MEMORY_CHECKS: readonly Check[] = [
  {
    name: 'takes the memory that was computed beforehand, within 5 %',
    async run({ make, factorizes }, tools) {
      const { satnmf } = tools;
      // More rows than the rank: the Gram matrix is largest. The other way round: the factors are.
      for (const [n, m, d, r] of factorizes
        ? [
            [131, 122, 701, 7],
            [73, 68, 1301, 43],
          ]
        : [[131, 122, 701, 0]]) {
        const { source, target } = pairOf(satnmf, { n, m, d });
        const method = make(factorizes ? { r, maxIterations: 1 } : {});
        const core = await tools.fresh();
        const held = core.exports.mark() >>> 0;
        // A Core of no size says how many bytes the smallest fit needs, one trial at a time.
        const tiny = await tools.fresh(65536);
        const error = await refusal(
          tools,
          () => method.fit({ source, target }, { core: tiny }),
          'a fit in 64 kB',
        );
        let predicted = Number.parseInt(error.actual ?? '', 10);
        if (factorizes) {
          const sizes = { N: n + m, d, classes: 3 };
          const bytes = (parts: number) => satnmf.fitBytes(core, method.options as never, sizes, parts);
          ensureEqual(predicted, held + bytes(1), 'bytes that the error names');
          predicted = held + bytes(3);
        }
        const peak = await peakOf(core, () => method.fit({ source, target }, { core }));
        const off = core.memoryBytes / predicted - 1;
        tools.figure(`${n + m} rows, ${d} features, r = ${r}: bytes predicted`, predicted);
        tools.figure(`${n + m} rows, ${d} features, r = ${r}: arena at its highest`, peak);
        tools.figure(`${n + m} rows, ${d} features, r = ${r}: memory of the Core`, core.memoryBytes);
        ensure(Math.abs(off) <= 0.05, `predicted ${predicted} bytes, the Core has ${core.memoryBytes}`);
        ensure(peak <= predicted, `predicted ${predicted} bytes, ${peak} were used`);
        ensure(peak >= 0.95 * predicted, `predicted ${predicted} bytes, only ${peak} were used`);
        ensureEqual(core.exports.mark() >>> 0, held, 'the top of the arena afterwards');
        // A second fit and its predictions find their room in what is there.
        const memory = core.memoryBytes;
        const model = await method.fit({ source, target }, { core });
        ensureEqual(core.memoryBytes, memory, 'memory after a second fit');
        model.predict(target.features);
        ensureEqual(core.exports.mark() >>> 0, held, 'the top of the arena after predictions');
      }
    },
  },
  {
    name: 'leaves the memory where the first fit left it, after many fits, errors and aborts',
    async run({ make, factorizes }, tools) {
      const { satnmf } = tools;
      const { source, target, fresh } = pairOf(satnmf, { n: 12, m: 21, d: 5 });
      const method = make(factorizes ? { r: 2, trials: 1, maxIterations: 1 } : {});
      const core = await tools.fresh();
      const fit = (how: object = {}) => method.fit({ source, target }, { core, ...how });
      const mark = core.exports.mark();
      (await fit()).predict(fresh);
      const memory = core.memoryBytes;
      const unchanged = (what: string): void => {
        ensureEqual(
          [core.memoryBytes, core.exports.mark()],
          [memory, mark],
          `memory and arena after ${what}`,
        );
      };
      for (let i = 0; i < tools.repeats; i++) (await fit()).predict(fresh);
      unchanged(`${tools.repeats} fits`);
      for (let i = 0; i < 20; i++) {
        const controller = new AbortController();
        const onProgress = (): void => controller.abort();
        await rejection(() => fit({ signal: controller.signal, onProgress }), 'an aborted fit');
        const onError = (): void => {
          throw new Error('from the listener');
        };
        await rejection(() => fit({ onProgress: onError }), 'a fit with a failing listener');
        const empty = satnmf.selectCorpusRows(target, []);
        await refusal(tools, () => method.fit({ source, target: empty }, { core }), 'an empty target');
        await refusal(tools, () => core.reserve(core.maxBytes + 1, 'This check'), 'more than there is');
      }
      unchanged('errors and aborts');
    },
  },
];
