import { describe, expect, it } from 'vitest';
import type { Report } from '../../bench/harness.js';
import { document } from '../../bench/report/document.js';
import { svg } from '../../bench/report/figure.js';
import { notMeasured, row } from '../../bench/rows.js';

const machine = {
  cpu: 'A & B <processor>',
  cores: 2,
  memory: 2 ** 33,
  os: 'linux',
  node: 'v20.0.0',
  date: '2026-01-02',
};
const reports: Report[] = [
  {
    subject: 'gemm',
    machine,
    rows: [
      row({
        name: 'r < 128 & "small"',
        value: 40,
        unit: 'GFLOP/s',
        ratio: 3,
        target: '≥ 2.2',
        goal: '≥ 2.6',
      }),
      row({ name: 'far beyond', value: 1, unit: '', ratio: 4000, target: '≥ 1', goal: '≥ 2' }),
      notMeasured('Bun', 'Bun is not installed', { target: '≥ 0.85' }),
      row({ name: 'for information', value: 1, unit: 's' }),
    ],
  },
  { subject: 'start', machine, rows: [row({ name: 'Node', value: 50, unit: 'ms', target: '≤ 25 ms' })] },
];

/** Names of the elements in their order; throws where a tag, an attribute or an entity is not well-formed. */
function elements(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const withoutTags = xml.replace(
    /<(\/?)([a-z]+)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>/g,
    (_, closing: string, name: string, attributes: string, empty: string) => {
      const keys = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, key]) => key);
      if (new Set(keys).size !== keys.length) throw new Error(`<${name}> has an attribute twice`);
      if (closing) {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
        return '';
      }
      names.push(name);
      if (!empty) open.push(name);
      return '';
    },
  );
  if (open.length > 0) throw new Error(`<${open.join('><')}> stay open`);
  if (/[<>]|&(?!(?:amp|lt|gt|quot);)/.test(withoutTags)) throw new Error('a character is not escaped');
  return names;
}

describe('the figure', () => {
  const drawn = svg(reports);

  it('is well-formed', () => {
    expect(elements(drawn)[0]).toBe('svg');
  });

  it('has a bar for every measured row with a target, and words for those not measured', () => {
    expect(elements(drawn).filter((name) => name === 'rect')).toHaveLength(3);
    expect(drawn).toContain('not measured (≥ 0.85)');
    expect(drawn).not.toContain('for information');
  });

  it('keeps every bar inside the axis', () => {
    for (const [, x, width] of drawn.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(510);
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(841);
    }
  });

  it('draws what falls short to the left of the target and in its own class', () => {
    const [, x] = /<rect x="([\d.]+)"[^>]*class="short"/.exec(drawn) ?? [];
    const [, target] = /<line x1="([\d.]+)"[^>]*class="target"/.exec(drawn) ?? [];
    expect(Number(x)).toBeLessThan(Number(target));
  });

  it('has colours for dark pages', () => {
    expect(drawn).toContain('prefers-color-scheme: dark');
  });
});

describe('the document', () => {
  const text = document(reports, { 'ml-matrix': '6.0.0' });

  it('counts what was met, what was not reached and what was not measured', () => {
    expect(text).toContain('2 of 4 targets met, 1 not reached, 1 not measured.');
  });

  it('lists what falls short and what was not measured, with the reason', () => {
    expect(text).toContain('- start, Node: 50.0 instead of ≤ 25 ms');
    expect(text).toContain('- gemm, Bun: not measured: Bun is not installed');
  });

  it('says where the machine was busy with other work', () => {
    const loaded = [{ ...reports[0], machine: { ...machine, load: 7.5 } }, reports[1]];
    expect(document(loaded, {})).toContain('load 7.5 on 2 cores');
    expect(text).not.toContain('not quiet');
  });

  it('names the machine, the peers and the subjects that were not run', () => {
    expect(text).toContain('A & B <processor>, 2 cores');
    expect(text).toContain('ml-matrix 6.0.0');
    expect(text).toContain(
      'Not run: step, fit, graph, svm, extract, workers, demo, scaling, end-to-end, edge.',
    );
  });
});
