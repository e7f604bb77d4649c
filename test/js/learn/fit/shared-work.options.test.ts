/**
 * A value that fits share depends on options. If its key forgets one, two fits that differ in it get the same value.
 */
import { expect, it } from 'vitest';
import { shareWork } from '../../../../js/learn/fit/shared-work.js';
import { pairOf } from '../../contract/corpora.js';
import { WORDS } from '../../contract/ranges.js';
import { subjectsOf } from '../../contract/subjects.js';
import { whole } from '../../contract/whole.js';

/** Other values of an option, of which a method takes some. */
function others(name: string, value: unknown): unknown[] {
  if (typeof value === 'boolean') return [!value];
  const words = (WORDS[name] ?? []).filter((word) => word !== value);
  if (words.length > 0) return words;
  const number = value as number;
  return [number + 1, 2 * number, number / 2, number === 0 ? 0.5 : 0];
}

const subjects = subjectsOf(whole).filter(({ name }) => name.endsWith(' robust'));

it.each(subjects.map((subject) => [subject.name, subject] as const))(
  '%s: no option is forgotten where fits share their work',
  async (_, { make }) => {
    const { source, target } = pairOf(whole);
    const task = { source, target };
    const [core, other] = [await whole.load(), await whole.load()];
    await shareWork(core, async (shared) => {
      for (const [name, value] of Object.entries(make().options)) {
        const changed = others(name, value).flatMap((one) => {
          try {
            return [make({ [name]: one })];
          } catch {
            return [];
          }
        })[0];
        // A weight that a special case has at 0 has no other value.
        if (changed === undefined) continue;
        // The base before each change: what is kept is the base's, but for what the change decides about.
        await make().fit(task, { core, shared });
        const alone = await changed.fit(task, { core: other });
        const model = await changed.fit(task, { core, shared });
        expect([name, model.toBytes()]).toEqual([name, alone.toBytes()]);
      }
    });
  },
);
