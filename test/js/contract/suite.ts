import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Subject, Tools } from './check.js';
import { CHECKS, toolsFor } from './checks.js';
import { subjectsOf } from './subjects.js';
import { whole as satnmf } from './whole.js';

/** A test for each check of each subject that is wanted. */
export function keepsContract(wanted: (subject: Subject) => boolean): void {
  const figures: Record<string, number> = {};
  afterAll(() => {
    for (const [name, value] of Object.entries(figures)) console.log(`${name} ${value}`);
  });

  const subjects = subjectsOf(satnmf).filter(wanted);
  describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_, subject) => {
    let tools: Tools;
    beforeAll(async () => {
      tools = await toolsFor(satnmf, subject, 200, figures);
    });
    it.each(CHECKS.map((check) => [check.name, check] as const))('%s', (_name, check) =>
      check.run(subject, tools),
    );
  });
}
