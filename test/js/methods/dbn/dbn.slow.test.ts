/**
 * A deep belief network on real corpora: it learns, and what it learns carries over.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Corpus } from '../../../../js/data/corpus.js';
import { evaluate, pairOf } from '../../../../js/experiment/evaluation.js';
import { readTable } from '../../../../js/entries/io.js';
import { dbn } from '../../../../js/methods/dbn/index.js';
import { SHARED } from '../../../shared.js';

const shared = SHARED;
const tables = `${shared}/data/tables`;
const absent = !existsSync(`${tables}/emovo.npy`);
const table = (name: string): Promise<Corpus> =>
  readTable(`${tables}/${name}.npy`, async (file) => (existsSync(file) ? readFileSync(file) : null));

const note = absent ? ` (skipped: no ${tables})` : '';

it.skipIf(absent)(
  `from emovo to emodb errors and loss fall, and it knows twice as many as chance${note}`,
  async () => {
    const pair = pairOf(await table('emovo'), await table('emodb'));
    const seen = new Map<string, number[]>();
    const { evaluation } = await evaluate(dbn(), pair, {
      onProgress: ({ phase, objective }) =>
        objective === undefined || seen.set(phase, [...(seen.get(phase) ?? []), objective]),
    });
    for (const [phase, values] of seen) {
      console.log(`${phase}: ${values[0].toPrecision(3)} → ${values.at(-1)?.toPrecision(3)}`);
      expect(values.at(-1), phase).toBeLessThan(0.6 * values[0]);
    }
    expect([...seen.keys()]).toEqual(['layer 1', 'layer 2', 'layer 3', 'fine-tuning']);
    console.log(`UAR ${(100 * evaluation.uar).toFixed(1)} %, chance ${(100 / 6).toFixed(1)} %`);
    expect(evaluation.uar).toBeGreaterThan(2 / 6);
  },
);
