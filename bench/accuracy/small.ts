/**
 * Small targets: how the default and the base do on a few recordings of a corpus.
 */
import { type Core, random } from '../../js/core/index.js';
import { selectRows } from '../../js/data/index.js';
import type { Method } from '../../js/contract/index.js';
import type { AskedTask } from './tasks.js';

export const SIZES = [1, 2, 5, 19, 20] as const;
const DRAWS = 4;
/** Of the draws; no stream of a fit has it. */
const STREAM = 99;

export interface SmallAnswer {
  readonly said: number[];
  readonly truth: number[];
  /** Fits that had a warning. */
  readonly warned: number;
  readonly fits: number;
}

/** Draws `size` recordings without replacement, several times, and asks for their emotions. */
export async function askSmall(
  core: Core,
  { task, truth, classes }: AskedTask,
  size: number,
  method: Method,
): Promise<SmallAnswer> {
  const answer = { said: [] as number[], truth: [] as number[], warned: 0, fits: DRAWS };
  const rows = Int32Array.from(truth.keys());
  for (let draw = 0; draw < DRAWS; draw++) {
    core.scoped(() => random(core, draw + 1, STREAM).shuffle(rows));
    const chosen = [...rows.subarray(0, size)];
    const { name, features, columns, file, speaker } = task.target;
    const pick = (list: readonly (string | null)[]) => chosen.map((row) => list[row]);
    const target = {
      name,
      columns,
      features: selectRows(features, chosen),
      file: pick(file),
      speaker: pick(speaker),
    };
    const model = await method.fit({ source: task.source, target }, { core });
    if (model.warnings.length > 0) answer.warned++;
    answer.said.push(...model.predict().map((emotion) => classes.indexOf(emotion)));
    answer.truth.push(...chosen.map((row) => classes.indexOf(truth[row])));
  }
  return answer;
}
