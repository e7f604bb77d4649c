/**
 * The whole study of Luo & Han 2019 (Interspeech) for whichever of its corpora are there: features, all methods under
 * the ranges that the paper searched, its tables and figures.
 *
 *   npm run paper -- --corpora FOLDER [options]     --help lists them
 *
 * Every step is a call of `satnmf`, and takes up what an earlier call left in the output folder: Ctrl-C at any time,
 * the same command goes on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SEARCHED } from '../dist/methods.js';
import { CORPORA, FIGURE2, METHODS, planOf, SCHEMES, TABLE3 } from './paper-plan.mjs';
import { at } from './root.mjs';

const HELP = `npm run paper -- --corpora FOLDER [options]

FOLDER holds a folder for each of Berlin EmoDB, CASIA, eNTERFACE'05 and EEKC, whatever they are called, or tables
emodb.npy, casia.npy, enterface.npy, eekc.npy. Schemes whose corpora are both there are run.

  --out FOLDER           where everything goes (default: paper)
  --quick                one seed, two values an axis, small models: shows that all goes, and nothing else
  --seeds 1,2,3          every point is computed with each (default: 1,2,3)
  --values N             at most so many values an axis, evenly spread over the paper's range (default: all)
  --set key=value        an option of every method that has it, such as trials=1; repeatable
  --preset NAME          where all other options come from: paper or robust (default: paper)
  --schemes e2E,E2B      only these (default: ${Object.keys(SCHEMES).join(',')})
  --methods svm,satnmf   only these (default: ${METHODS.join(',')})
  --jobs N               threads (default: as many as there are cores)
`;

/** A sentence for the user instead of a stack. */
class Refusal extends Error {}

class Interruption extends Error {}

const say = (sentence) => console.error(sentence);

let interrupted = false;
// The terminal tells every process; whoever computes finishes what is under way.
process.on('SIGINT', () => (interrupted = true));

/** A call of satnmf; its output is the user's, or with `quiet` the caller's. Other exit codes than 0 and 1 are errors. */
async function satnmf(args, { quiet = false, accept = [0, 1] } = {}) {
  if (interrupted) throw new Interruption();
  const stdio = ['inherit', quiet ? 'pipe' : 'inherit', 'inherit'];
  const child = spawn(process.execPath, [at('dist/cli.js'), ...args], { stdio });
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (out += text));
  const [code] = await once(child, 'close');
  if (interrupted || code === 130) throw new Interruption();
  if (!accept.includes(code)) throw new Refusal(`satnmf ${args[0]} ended with exit code ${code}.`);
  return { code, out };
}

const words = (text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** A number, true, false, or a word. */
function valueOf(text) {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function readArguments() {
  const text = { type: 'string' };
  const options = {
    corpora: text,
    out: { ...text, default: 'paper' },
    quick: { type: 'boolean' },
    seeds: text,
    values: text,
    set: { ...text, multiple: true, default: [] },
    preset: text,
    schemes: { ...text, default: Object.keys(SCHEMES).join() },
    methods: text,
    jobs: text,
    help: { type: 'boolean', short: 'h' },
  };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${HELP}`);
  }
  if (values.help) return null;
  if (values.corpora === undefined) throw new Refusal(`--corpora is missing.\n\n${HELP}`);
  const count = (name) => {
    const number = Number(values[name]);
    if (Number.isSafeInteger(number) && number >= 1) return number;
    throw new Refusal(`--${name} must be a whole number ≥ 1, got ${values[name]}.`);
  };
  const schemes = words(values.schemes);
  const stranger = schemes.find((name) => !Object.hasOwn(SCHEMES, name));
  if (stranger !== undefined)
    throw new Refusal(`--schemes: ${stranger} is none of ${Object.keys(SCHEMES).join(', ')}.`);
  // npm changes to the folder of the package.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  return {
    corpora: resolve(from, values.corpora),
    out: resolve(from, values.out),
    schemes,
    jobs: values.jobs === undefined ? [] : ['--jobs', String(count('jobs'))],
    plan: {
      quick: values.quick === true,
      options: Object.fromEntries(
        values.set.map((setting) => {
          const [, key, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
          if (key === undefined) throw new Refusal(`--set must be key=value, got ${setting}.`);
          return [key, valueOf(value)];
        }),
      ),
      ...(values.preset !== undefined && { preset: values.preset }),
      ...(values.seeds !== undefined && { seeds: words(values.seeds).map(Number) }),
      ...(values.values !== undefined && { values: count('values') }),
      ...(values.methods !== undefined && { methods: words(values.methods) }),
    },
  };
}

/** Which of the four corpora are in the folder, and where: as a table, or as recordings that are called as theirs. */
async function findCorpora(folder) {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Refusal(`${folder} is no folder.`);
  const found = {};
  for (const name of CORPORA) {
    const table = ['npy', 'csv', 'arff'].map((type) => join(folder, `${name}.${type}`)).find(existsSync);
    if (table !== undefined) found[name] = { path: table, table: true };
  }
  for (const entry of readdirSync(folder).sort()) {
    const path = join(folder, entry);
    if (entry.startsWith('.') || !statSync(path).isDirectory()) continue;
    const { code, out } = await satnmf(['corpora', 'check', path, '--json', '-q'], {
      quiet: true,
      accept: [0, 1, 2],
    });
    if (code === 2) continue;
    const check = JSON.parse(out);
    const { corpus: name, utterances, recordings, release, unreadable } = check;
    if (!CORPORA.includes(name) || found[name]?.table) continue;
    if (found[name])
      throw new Refusal(`${path} and ${found[name].path} are both ${name}: leave one of them.`);
    const extent = release === null ? '' : ` of ${release.utterances}`;
    say(`${name}: ${path}: ${utterances}${extent} utterances`);
    if (unreadable.length > 0)
      say(`  ${unreadable.length} recordings cannot be read: ${unreadable[0].file} ${unreadable[0].message}`);
    if (unreadable.length < recordings) found[name] = { path, table: false };
  }
  return found;
}

/** Says which corpora are missing and where to get them. */
async function tellMissing(found, schemes) {
  const needed = new Set(schemes.flatMap((name) => SCHEMES[name]));
  const missing = CORPORA.filter((name) => needed.has(name) && !found[name]);
  if (missing.length === 0) return;
  const { corpora } = JSON.parse((await satnmf(['corpora', 'list', '--json'], { quiet: true })).out);
  for (const name of missing) {
    const { title, layout, where, licence } = corpora.find((one) => one.name === name);
    const left = schemes.filter((scheme) => SCHEMES[scheme].includes(name));
    const are = left.length === 1 ? 'is' : 'are';
    say(
      `${name} is missing, so ${left.join(' and ')} ${are} left out. ${title} (${layout}): ${where}; ${licence}`,
    );
  }
}

/** @returns the exit code */
async function study({ corpora: folder, out, schemes: asked, jobs, plan: how }) {
  const found = await findCorpora(folder);
  await tellMissing(found, asked);
  const schemes = asked.filter((name) => SCHEMES[name].every((corpus) => found[corpus]));
  if (schemes.length === 0) throw new Refusal(`${folder} has both corpora of none of ${asked.join(', ')}.`);

  const file = (name) => join(out, name);
  mkdirSync(file('features'), { recursive: true });
  let worst = 0;
  const step = async (...args) => {
    const { code } = await satnmf(args);
    worst = Math.max(worst, code);
  };
  const corpora = {};
  for (const name of new Set(schemes.flatMap((scheme) => SCHEMES[scheme]))) {
    const { path, table } = found[name];
    corpora[name] = table ? path : file(`features/${name}.npy`);
    // Recordings that were extracted before are not extracted again.
    if (!table) await step('extract', path, '-o', corpora[name], '--cache', file('cache'), ...jobs);
  }
  const plan = planOf({ ...how, searched: SEARCHED, corpora, schemes });
  writeFileSync(file('plan.json'), `${JSON.stringify(plan, null, 2)}\n`);
  await step('sweep', 'plan', file('plan.json'));
  await step('sweep', 'run', file('plan.json'), '-o', file('runs.jsonl'), ...jobs);
  // What other plans left in the store is no part of this study.
  await step('sweep', 'merge', file('plan.json'), file('runs.jsonl'), '-o', file('study.jsonl'));

  const methods = plan.methods.map(({ method }) => method);
  const chosen = [file('study.jsonl'), '--select', 'target'];
  const of = (some) => ['--method', some.filter((name) => methods.includes(name)).join()];
  const title = `Luo & Han 2019: ${schemes.join(', ')}, preset ${plan.options.preset}${how.quick ? ', quick' : ''}`;
  const pages = ['-o', file('report.html'), '-o', file('report.md')];
  await step('report', ...chosen, ...pages, '--title', title, '--maps', file('plan.json'));
  if (TABLE3.some((name) => methods.includes(name))) {
    const tables = ['-o', file('table3.csv'), '-o', file('table3.tex')];
    await step('report', ...chosen, ...of(TABLE3), ...tables, '--title', 'Table 3', '--resamples', '0');
  }
  if (FIGURE2.some((name) => methods.includes(name)))
    await step('plot', 'bars', ...chosen, ...of(FIGURE2), '-o', file('figure2.svg'), '--title', 'Figure 2');
  say(`Everything is in ${out}; read report.html.`);
  return worst;
}

try {
  const how = readArguments();
  if (how === null) console.log(HELP);
  else process.exitCode = await study(how);
} catch (error) {
  if (error instanceof Interruption) {
    say('Stopped. The same command goes on.');
    process.exitCode = 130;
  } else if (error instanceof Refusal) {
    say(error.message);
    process.exitCode = 2;
  } else throw error;
}
