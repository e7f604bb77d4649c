/**
 * What a subject of `npm run bench` is written with. A subject is bench/subjects/<name>.ts:
 *
 *   import { measure, notMeasured, ratio, row, subject } from '../harness.js';
 *
 *   await subject('gemm', async (say) => {
 *     say('packing …');                                   // stderr, for whoever waits
 *     const { ours, theirs } = await measure({ ours: () => kernel(), theirs: () => peer.run() });
 *     return [
 *       row({ name: 'r = 128 vs peer', value: mapped(ours.cpu, gflops), unit: 'GFLOP/s',
 *             ratio: ratio(theirs, ours, 'cpu'), target: '≥ 2.2', goal: '≥ 2.6' }),
 *       notMeasured('r = 128, Bun', 'Bun is not installed', { target: '≥ 0.85' }),
 *     ];
 *   });
 *
 * - measure.ts: `measure` (interleaved rounds; CPU and wall time), `ratio` (paired by round), `spread`, `mapped`;
 * - rows.ts: `row`, `notMeasured`; `met` is decided from the text of the target;
 * - peers/: one file a peer, `open…()` resolves to the peer or to `{ absent: 'why' }`;
 * - peers/ops/<subject>.py: what the Python peer can do, a function an operation (peers/python.ts);
 * - runtimes.ts: the same job in Bun, Deno, Node 24 and workerd, measured there;
 * - data.ts: synthetic matrices; the tables beside the project.
 *
 * @module
 */
import { described, machine, type Machine } from './machine.js';
import { markdown, type Row } from './rows.js';

export { costOf, mapped, measure, median, ratio, spread } from './measure.js';
export type { Cost, MeasureOptions, Spread, Timing, Work } from './measure.js';
export { figure, markdown, NOT_MEASURED, notMeasured, reaches, row, type Row } from './rows.js';
export { machine, type Machine } from './machine.js';

/** A peer or runtime that is not there, and why: a clause such as "tfjs-core is not installed". */
export interface Absent {
  readonly absent: string;
}

export function isAbsent(peer: object): peer is Absent {
  return 'absent' in peer;
}

/** What `--json` prints. */
export interface Report {
  readonly subject: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

/**
 * Runs a subject and prints its report: a table on stdout, or with `--json` one object. Whatever `say` is told
 * goes to stderr.
 */
export async function subject(
  name: string,
  rows: (say: (sentence: string) => void) => Promise<readonly Row[]>,
): Promise<void> {
  const json = process.argv.includes('--json');
  // A peer that chats on stdout would spoil the object.
  if (json) console.log = console.info = console.error;
  const report: Report = { subject: name, machine: machine(), rows: await rows((s) => console.error(s)) };
  const text = json
    ? JSON.stringify(report, null, 2)
    : `${name}: ${described(report.machine)}\n\n${markdown(report.rows)}`;
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
  // Peers may keep threads or pipes open.
  process.exit();
}
