import { describe, expect, it } from 'vitest';
import { requireMarkdownTables } from './markdown-tables.js';

const GOOD = '| a   |    b |\n| --- | ---: |\n| \u001b[1mx\u001b[22m   | 1\\|2 |';

describe('requireMarkdownTables, through which all that commands print goes', () => {
  it('lets good tables through, painted ones too', () => {
    for (const text of ['', 'no table\n', `${GOOD}\n`, `before\n\n${GOOD}\n\nafter\n\n${GOOD}`])
      expect(() => requireMarkdownTables(text)).not.toThrow();
  });

  it.each([
    ['text right before it', `before\n${GOOD}`, 'before it is not empty'],
    ['text right after it', `${GOOD}\nafter`, 'after it is not empty'],
    ['no dashes', '| a   |\n| x   |', 'second line is not of dashes'],
    ['one line', '| a   |', 'no line of dashes'],
    ['a cell too many', `${GOOD}\n| x | y | z |`, 'not every line has 2 cells'],
    ['a line too short', `${GOOD}\n| x   | y |`, 'not every line is equally long'],
    ['an open end', `${GOOD}\n| x   | 12`, 'begin and end with a bar'],
  ])('notices %s', (_, text, why) => {
    expect(() => requireMarkdownTables(text)).toThrow(why);
  });
});
