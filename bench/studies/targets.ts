/**
 * The protocol of the recogniser (bench/accuracy/targets/): every figure of every target.
 *
 *   npm run bench -- targets
 *
 * What bench/results/targets.jsonl has is not computed again, so a run that was stopped goes on. With all lines there it
 * writes the tables of docs/accuracy.md.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Weights } from '../../js/contract/index.js';
import { load } from '../../js/core/index.js';
import { classesOf, type Corpus } from '../../js/data/index.js';
import { linear } from '../../js/methods/linear/index.js';
import { selfTraining } from '../../js/methods/self-training/index.js';
import { loadWeights, train } from '../../js/recogniser/index.js';
import {
  labelled,
  oneSpeaker,
  say,
  type Said,
  uarOf,
  unbalanced,
  unspoken,
} from '../accuracy/targets/ask.js';
import {
  corpusOf,
  EMOTIONS,
  LABELLED,
  type List,
  LISTS,
  ONE_SPEAKER,
  sourcesOf,
  type Target,
  TARGETS,
  targetOf,
  UNBALANCED,
} from '../accuracy/targets/targets.js';
import { writeAccuracy } from '../accuracy/targets/document.js';

const FILE = 'bench/results/targets.jsonl';
const core = await load();
const lines = new Map<string, Said | number | number[]>();
if (existsSync(FILE))
  for (const line of readFileSync(FILE, 'utf8').split('\n').filter(Boolean)) {
    const { key, value } = JSON.parse(line) as { key: string; value: Said | number | number[] };
    lines.set(key, value);
  }

async function once<T extends Said | number | number[]>(key: string, make: () => Promise<T>): Promise<T> {
  const kept = lines.get(key);
  if (kept !== undefined) return kept as T;
  const began = performance.now();
  const value = await make();
  lines.set(key, value);
  mkdirSync('bench/results', { recursive: true });
  appendFileSync(FILE, `${JSON.stringify({ key, value })}\n`);
  const shown = typeof value === 'number' ? value : Array.isArray(value) ? value[1] : uarOf(value);
  console.error(`${key}: ${(100 * shown).toFixed(1)}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return value;
}

/** Weights of a list without the target, kept in build/. */
async function weightsOf(list: List, target: Target): Promise<Weights | null> {
  const names = sourcesOf(list, target);
  if (names.length === 0) return null;
  const file = `build/bench/weights-${names.join('-')}.satnmf`;
  if (existsSync(file)) return loadWeights(readFileSync(file), { file });
  const corpora = [];
  for (const name of names) corpora.push({ corpus: await corpusOf(name) });
  const weights = await train(corpora, { core });
  mkdirSync('build/bench', { recursive: true });
  writeFileSync(file, weights.toBytes());
  return weights;
}

async function each(
  lists: readonly List[],
  ask: (of: (entry: string) => string, all: Weights, target: Corpus) => Promise<void>,
): Promise<void> {
  for (const name of TARGETS) {
    const target = await targetOf(name);
    for (const list of lists) {
      const all = await weightsOf(list, name);
      if (all !== null) await ask((entry) => `${list} ${name} ${entry}`, all, target);
    }
  }
}

/** The weights for those emotions that a target has. */
const restricted = (all: Weights, target: Corpus): Weights =>
  all.only(classesOf(target.emotion).filter((emotion) => all.classes.includes(emotion)));

await each(Object.keys(LISTS) as List[], async (of, all, target) => {
  const learnt = { sources: [], weights: restricted(all, target) };
  const silent = unspoken(target);
  await once(of('trained'), () => say(core, linear(), learnt, target));
  await once(of('adapted'), () => say(core, selfTraining(), learnt, target));
  await once(of('trained, no speakers'), () => say(core, linear(), learnt, silent));
  await once(of('adapted, no speakers'), () => say(core, selfTraining(), learnt, silent));
  const plain = all.only(EMOTIONS.filter((emotion) => all.classes.includes(emotion)));
  await once(of('predict'), () => say(core, selfTraining(), { sources: [], weights: plain }, target));
});
await each(['research'], async (of, all, target) => {
  const weights = restricted(all, target);
  for (const size of ONE_SPEAKER.sizes)
    await once(of(`${size} of one speaker`), () => oneSpeaker(core, weights, target, size));
  for (const emotion of UNBALANCED.emotions)
    await once(of(`mostly ${emotion}`), () => unbalanced(core, weights, target, emotion));
});
await each(['research'], async (of, all, target) => {
  const weights = restricted(all, target);
  for (const how of ['random', 'suggested'] as const)
    await once(of(`labelled, ${how}`), () => labelled(core, weights, target, LABELLED.sizes, how));
});
await writeAccuracy(core, lines);
