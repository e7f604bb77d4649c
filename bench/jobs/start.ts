/**
 * Cold start: from before the package is imported to the end of a first small fit, in a process or page where
 * nothing of it has run. bench/subjects/start.ts bundles this with `./satnmf.js` beside it.
 */
import type * as Package from '../../js/entries/index.js';

/** Rows of source and target, features: some dozens of each. */
const SIZES = { n: 40, m: 30, d: 30 };
const EMOTIONS = ['anger', 'neutral', 'sadness'];

/** Milliseconds to the end of each stage, from before the import. */
export interface Stages {
  readonly imported: number;
  readonly loaded: number;
  readonly fitted: number;
}

export async function stages(open: () => Promise<typeof Package>): Promise<Stages> {
  const began = performance.now();
  const { corpus, load, matrix, satnmf } = await open();
  const imported = performance.now();
  const core = await load();
  const loaded = performance.now();
  const { n, m, d } = SIZES;
  const make = (name: string, rows: number, shift: number): Package.Corpus => {
    const features = matrix(rows, d);
    for (let i = 0; i < features.data.length; i++)
      features.data[i] = ((i * 7919 + (Math.floor(i / d) % 3) * 31 * (i % d) + shift) % 101) / 101;
    const emotion = Array.from({ length: rows }, (_, i) => EMOTIONS[i % 3]);
    return corpus({ name, features, emotion });
  };
  const task = { source: make('a', n, 0), target: make('b', m, 17) };
  const model = await satnmf({ r: 4, trials: 3 }).fit(task, { core });
  if (model.predict().length !== m) throw new Error('The fit came to nothing.');
  const end = performance.now();
  return { imported: imported - began, loaded: loaded - began, fitted: end - began };
}
