/**
 * docs/benchmarks.md, from what the subjects said.
 */
import type { Report } from '../harness.js';
import { described, type Machine } from '../machine.js';
import { markdown, type Row, verdict } from '../rows.js';

/** What each subject measures, in the order of the document. */
const ABOUT: Readonly<Record<string, string>> = {
  gemm: 'The kernel: products of the shapes that a fit has, against the fastest loop of multiplications and additions that wasm allows on this machine (registers only), JavaScript peers and OpenBLAS. A share or ratio above 1 means that ours is faster.',
  step: 'One plain multiplicative iteration of the whole objective, d = 6373, N = 1500, r = 128. A ratio is our time over the peer’s.',
  fit: 'Time to an objective: the one that 200 plain multiplicative iterations reach from the same start. A ratio is how many times faster ours is.',
  graph: 'The exact neighbourhood graph, N = 1500, d = 6373, k = 5. A ratio is our time over the peer’s.',
  svm: 'Linear SVMs at equal tolerance. A ratio is how many times faster ours is.',
  extract: 'Feature extraction, WAV to 6373 features.',
  workers: 'Trials on two workers, wall time. A ratio is how many times faster that is than one thread.',
  start: 'Cold start: load, then a first small fit.',
  demo: 'The demo page, wall time: recordings dropped, results in the table, and the tasks that hold up the page meanwhile.',
  scaling:
    'Exponents of time over a decade of each size, CPU time, and wasm memory. The figure of an exponent is its distance from theory.',
  'end-to-end':
    'A whole evaluation against a NumPy script of the same algorithm with the same number of iterations and sweeps (bench/peers/ops/end_to_end.py). Sweeps of the codes are the row-wise majorisation there, as the exact one goes utterance by utterance, which NumPy cannot. A ratio is our time over the script’s.',
  edge: 'The worker of `examples/worker` in workerd, from the packed package: requests over HTTP on one machine, one after the other. The ratio is the time of a request over that of the same work in this process.',
};

const sameMachine = (a: Machine, b: Machine): boolean => described(a) === described(b);

/** "3 of 4 targets met, 1 falls short, 0 not measured." */
function count(rows: readonly Row[]): string {
  const asked = rows.filter(({ target }) => target !== '');
  const number = (said: string): number => asked.filter((one) => verdict(one) === said).length;
  return `${number('met')} of ${asked.length} targets met, ${number('falls short')} not reached, ${number('not measured')} not measured.`;
}

/** Other work beside the measurement moves wall times most, and CPU times by what it takes of caches and memory. */
function busy({ cores, load }: Machine): string {
  return load === undefined || load <= cores / 2
    ? ''
    : ` The machine was not quiet: load ${load} on ${cores} cores when this was measured.`;
}

function short(reports: readonly Report[]): string[] {
  return reports.flatMap(({ subject, rows }) =>
    rows
      .filter((one) => one.target !== '' && one.met !== true)
      .map((one) => {
        const got = one.ratio ?? one.value;
        const what =
          typeof got === 'number' ? `${got.toPrecision(3)} instead of ${one.target}` : `${got}: ${one.note}`;
        return `- ${subject}, ${one.name}: ${what}`;
      }),
  );
}

/**
 * The document, as Markdown.
 *
 * @param reports in the order of the document
 * @param peers versions of the packages in bench/package.json
 */
export function document(reports: readonly Report[], peers: Readonly<Record<string, string>>): string {
  const all = reports.flatMap(({ rows }) => rows);
  const latest = reports.reduce((a, b) => (a.machine.date >= b.machine.date ? a : b)).machine;
  const missing = Object.keys(ABOUT).filter((name) => !reports.some(({ subject }) => subject === name));
  const failures = short(reports);
  const packages = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  const parts = [
    '# Benchmarks',
    'Written by `npm run bench -- --write`; the figures behind it lie in `bench/results/`. One subject alone: `npm run bench -- gemm` prints its table, with `--json` one object; `npm run bench -- --write gemm` measures it again and rewrites this page. Subjects are measured one at a time: their figures may come from different builds.',
    `Machine: ${described(latest)}.`,
    `Peers: ${packages.join(', ')}; Debian's python3-numpy, python3-sklearn and liblinear-tools on one thread, OpenBLAS with the kernel that it chooses itself (the notes say which).`,
    'Everything is measured interleaved: each round runs every contestant once, every other round in reverse. A figure is the median over the rounds, a range the smallest and the largest. Ratios are taken round by round. Times are CPU times of the process with all its threads unless they say otherwise. Absolute figures move with the machine, and with what else runs on it; ratios should not.',
    `**${count(all)}**`,
    '![Each figure against its target](benchmarks.svg)',
  ];
  if (failures.length > 0) parts.push('## What falls short', failures.join('\n'));
  if (missing.length > 0) parts.push(`Not run: ${missing.join(', ')}.`);
  for (const { subject, machine, rows } of reports) {
    parts.push(`## ${subject}`, ABOUT[subject] ?? '');
    if (!sameMachine(machine, latest)) parts.push(`Measured on: ${described(machine)}.`);
    parts.push(`${count(rows)}${busy(machine)}`, markdown(rows));
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Names of the subjects, in the order of the document. */
export const ORDER: readonly string[] = Object.keys(ABOUT);
