/**
 * While a fit runs: progress, cancelling, failures on the way.
 */
import type { Core, Model, Progress } from 'satnmf';
import { modelBits } from '../bits.js';
import { type Check, ensure, ensureEqual, refusedAs, rejection, type Subject, type Tools } from '../check.js';
import { pairOf, type Pair } from '../corpora.js';

/** A fit that is aborted at the given report of progress (counted from 0). */
function abortedAt(
  { make }: Subject,
  { source, target }: Pair,
  core: Core,
  at: number,
  reason: unknown,
): Promise<Model> {
  const controller = new AbortController();
  let reports = 0;
  const onProgress = (): void => {
    if (reports++ === at) controller.abort(reason);
  };
  return make().fit({ source, target }, { core, signal: controller.signal, onProgress });
}

/** The Core must be as it was: nothing left in its arena, and the same bits next time. */
async function ensureUsable(
  { make }: Subject,
  { core }: Tools,
  { source, target, fresh }: Pair,
  mark: number,
  bits: string,
  what: string,
): Promise<void> {
  ensureEqual(core.exports.mark(), mark, `${what}: the top of the arena`);
  const model = await make().fit({ source, target }, { core });
  ensureEqual(modelBits(model, fresh), bits, `${what}: the next fit`);
}

async function progressOf({ make }: Subject, { source, target }: Pair, core: Core): Promise<Progress[]> {
  const reports: Progress[] = [];
  await make().fit({ source, target }, { core, onProgress: (report) => reports.push({ ...report }) });
  return reports;
}

export const RUNNING_CHECKS: readonly Check[] = [
  {
    name: 'reports progress that never falls within a phase and never exceeds what it announces',
    async run(subject, tools) {
      const { satnmf, core } = tools;
      const pair = pairOf(satnmf);
      // The second Core is so small that trials run one after the other.
      const options = subject.make().options;
      const { trials = 1 } = options as { trials?: number };
      const wide = await progressOf(subject, pair, core);
      const sets = [wide];
      if (subject.factorizes) {
        const needed = satnmf.fitBytes(core, options as never, { N: 52, d: 11, classes: 3 }, 1);
        const held = (await tools.fresh()).exports.mark() >>> 0;
        sets.push(await progressOf(subject, pair, await tools.fresh(Math.max(65536, held + needed))));
      }
      for (const reports of sets) {
        const last = new Map<string, Progress>();
        const phases: string[] = [];
        for (const report of reports) {
          const { phase, trial, iteration, iterations, objective } = report;
          const what = JSON.stringify(report);
          const whole = [trial, report.trials, iteration, iterations].every(
            (x) => Number.isInteger(x) && x >= 0,
          );
          ensure(whole && iterations >= 1 && iteration <= iterations, what);
          ensure(report.trials === trials && trial < trials, what);
          ensure(objective === undefined || Number.isFinite(objective), what);
          const before = last.get(phase);
          if (before !== undefined) {
            ensure(phases.at(-1) === phase, `${phase} was left and came back`);
            const later = trial > before.trial || (trial === before.trial && iteration >= before.iteration);
            ensure(later && iterations === before.iterations, `${JSON.stringify(before)}, then ${what}`);
          } else phases.push(phase);
          last.set(phase, report);
        }
        ensureEqual(phases[0], subject.scalesItself ? 'scaling' : 'base svm', 'the first phase');
        ensureEqual(phases.includes('factorize'), subject.factorizes, 'a phase "factorize"');
      }
    },
  },
  {
    name: 'rejects with the reason of a signal that is aborted before it starts, or while it waits for its Core',
    async run(subject, tools) {
      const { satnmf, core } = tools;
      const pair = pairOf(satnmf);
      const { source, target, fresh } = pair;
      const method = subject.make();
      const bits = modelBits(await method.fit({ source, target }, { core }), fresh);
      const mark = core.exports.mark();
      const reason = { why: 'not needed any more' };
      const before = AbortSignal.abort(reason);
      const refused = await rejection(
        () => method.fit({ source, target }, { core, signal: before }),
        'a fit',
      );
      ensure(refused === reason, 'the reason must come back as it is');
      const controller = new AbortController();
      const first = method.fit({ source, target }, { core });
      const second = method.fit({ source, target }, { core, signal: controller.signal });
      controller.abort();
      const waiting = await rejection(() => second, 'a waiting fit');
      ensure(waiting === controller.signal.reason, 'the reason must come back as it is');
      ensureEqual((waiting as Error).name, 'AbortError', 'the default reason');
      ensureEqual(modelBits(await first, fresh), bits, 'the fit before it');
      await ensureUsable(subject, tools, pair, mark, bits, 'aborted before');
    },
  },
  {
    name: 'rejects with the reason of a signal that is aborted at any report, and leaves its Core usable',
    async run(subject, tools) {
      const { satnmf, core } = tools;
      const pair = pairOf(satnmf);
      const bits = modelBits(await subject.make().fit(pair, { core }), pair.fresh);
      const mark = core.exports.mark();
      const reports = (await progressOf(subject, pair, core)).length;
      const memory = core.memoryBytes;
      for (let at = 0; at < reports; at++) {
        const reason = new Error(`aborted at report ${at}`);
        const refused = await rejection(() => abortedAt(subject, pair, core, at, reason), `abort at ${at}`);
        ensure(
          refused === reason,
          `abort at ${at} of ${reports}: expected its reason, got ${String(refused)}`,
        );
        ensureEqual(core.exports.mark(), mark, `abort at ${at}: the top of the arena`);
      }
      await ensureUsable(subject, tools, pair, mark, bits, 'aborted during');
      ensureEqual(core.memoryBytes, memory, 'memory after the aborts');
      // A small target takes a shorter way.
      const few = { ...pair, target: satnmf.selectCorpusRows(pair.target, [0, 1, 2]) };
      const why = new Error('aborted');
      const refused = await rejection(() => abortedAt(subject, few, core, 0, why), 'abort of a small target');
      ensure(refused === why, 'the reason must come back as it is');
    },
  },
  {
    name: 'rejects with the reason of a signal that another task aborts',
    async run(subject, tools) {
      if (!subject.factorizes) return;
      const { satnmf, core } = tools;
      const pair = pairOf(satnmf);
      const mark = core.exports.mark();
      const bits = modelBits(await subject.make().fit(pair, { core }), pair.fresh);
      const controller = new AbortController();
      setTimeout(() => controller.abort('too late'), 5);
      const endless = subject.make({ maxIterations: 1e6, tolerance: 0, objectiveTolerance: 0 });
      const refused = await rejection(
        () => endless.fit(pair, { core, signal: controller.signal }),
        'a long fit',
      );
      ensureEqual(refused, 'too late', 'the reason');
      await ensureUsable(subject, tools, pair, mark, bits, 'aborted from outside');
    },
  },
  {
    name: 'does not mind a signal that is aborted afterwards',
    async run({ make }, { satnmf, core }) {
      const { source, target, fresh } = pairOf(satnmf);
      const controller = new AbortController();
      const model = await make().fit({ source, target }, { core, signal: controller.signal });
      const bits = modelBits(model, fresh);
      controller.abort();
      ensureEqual(modelBits(model, fresh), bits, 'the model');
    },
  },
  {
    name: 'passes on what its listener throws, and leaves its Core usable',
    async run(subject, tools) {
      const { satnmf, core } = tools;
      const pair = pairOf(satnmf);
      const bits = modelBits(await subject.make().fit(pair, { core }), pair.fresh);
      const mark = core.exports.mark();
      const reports = await progressOf(subject, pair, core);
      for (const phase of new Set(reports.map((report) => report.phase))) {
        const thrown = new Error(phase);
        const onProgress = (progress: Progress): void => {
          if (progress.phase === phase) throw thrown;
        };
        const refused = await rejection(() => subject.make().fit(pair, { core, onProgress }), phase);
        ensure(refused === thrown, `the listener's error must come back, got ${String(refused)}`);
      }
      await ensureUsable(subject, tools, pair, mark, bits, 'after the listener');
    },
  },
  {
    name: 'has the same bits on a Core that trapped: its instance is replaced',
    async run(subject, tools) {
      const { satnmf } = tools;
      const pair = pairOf(satnmf);
      const core = await tools.fresh();
      const own = { ...tools, core };
      const mark = core.exports.mark();
      const bits = modelBits(await subject.make().fit(pair, { core }), pair.fresh);
      const beyond = () => core.scoped(() => core.exports.dot(core.memoryBytes, core.memoryBytes, 1e6));
      const reason = await rejection(beyond, 'reading beyond the memory');
      ensure(reason instanceof satnmf.SatnmfError && reason.code === 'internal', `got ${String(reason)}`);
      await ensureUsable(subject, own, pair, mark, bits, 'after a trap');
      const trapped = core.exclusive(async () => {
        core.alloc(1000);
        return beyond();
      });
      await rejection(() => trapped, 'a trap within a task');
      await ensureUsable(subject, own, pair, mark, bits, 'after a trap within a task');
    },
  },
  {
    name: 'says how many bytes it needs and how many it may have, when that is too much',
    async run({ make }, tools) {
      const { satnmf } = tools;
      const { source, target } = pairOf(satnmf, { n: 61, m: 50, d: 300 });
      const maxBytes = 100_000;
      const core = await tools.fresh(maxBytes);
      const mark = core.exports.mark();
      const words = ['0.1 MB'];
      const fit = () => make().fit({ source, target }, { core });
      const error = await refusedAs(tools, fit, 'too-large', words, 'a fit in 100 kB');
      ensureEqual(error.expected, `at most ${maxBytes} bytes`, 'bytes allowed');
      ensure(/^\d+ bytes$/.test(error.actual ?? ''), `bytes needed: ${String(error.actual)}`);
      ensureEqual(core.exports.mark(), mark, 'the top of the arena');
      // What it says is what it needs: with that much it runs.
      const needed = Number.parseInt(error.actual ?? '', 10);
      const enough = await tools.fresh(needed);
      await make().fit({ source, target }, { core: enough });
      const less = await tools.fresh(needed - 16);
      await refusedAs(
        tools,
        () => make().fit({ source, target }, { core: less }),
        'too-large',
        [],
        '16 less',
      );
    },
  },
];
