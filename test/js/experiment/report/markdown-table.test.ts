import { describe, expect, it } from 'vitest';
import { markdownTable } from '../../../../js/experiment/report/markdown-table.js';

describe('markdownTable', () => {
  it('pads every cell to the width of its column', () => {
    const columns = [{ head: 'method' }, { head: 'UAR', align: 'right' as const }];
    expect(
      markdownTable(columns, [
        ['svm', '46.5'],
        ['stnmf-lambda', '100.0'],
      ]),
    ).toBe(
      [
        '| method       |   UAR |',
        '| ------------ | ----: |',
        '| svm          |  46.5 |',
        '| stnmf-lambda | 100.0 |',
      ].join('\n'),
    );
  });

  it('keeps cells that hold bars, line ends or escapes within one cell', () => {
    expect(markdownTable([{ head: 'a' }], [['x|y\n\u001b[31m']]).split('\n')).toEqual([
      '| a          |',
      '| ---------- |',
      '| x\\|y  [31m |',
    ]);
  });

  it('paints a cell after it has its width', () => {
    const painted = markdownTable([{ head: 'a' }], [['x'], ['y']], (text, row) =>
      row === 1 ? `<${text}>` : text,
    );
    expect(painted.split('\n').slice(2)).toEqual(['| x   |', '| <y  > |']);
  });
});
