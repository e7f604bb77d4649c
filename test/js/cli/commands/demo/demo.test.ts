import { describe, expect, it } from 'vitest';
import { speechExample } from '../../../../../js/cli/commands/demo/speech.js';
import { captured } from '../../captured.js';

describe('satnmf demo', () => {
  it('is of EmoDB: its men as the source, its women as the target, and says so with the credit', async () => {
    const { title, text, pair, methods } = await speechExample(7);
    expect(title).toMatch(/^Real speech/);
    expect(text).toMatch(/Burkhardt[^]*2005/);
    expect(text).toContain('Source: 233 utterances of 5 men, labelled.');
    expect(text).toContain('Target: 302 utterances of 5 women.');
    expect(text).toContain('with 3 trials instead of\nthe usual 5');
    expect(pair.classes).toHaveLength(7);
    expect(new Set(pair.sources[0].speaker)).toEqual(new Set(['03', '10', '11', '12', '15']));
    expect(new Set(pair.target.speaker)).toEqual(new Set(['08', '09', '13', '14', '16']));
    expect(methods.map(({ name }) => name)).toEqual(['svm', 'satnmf']);
    expect(methods[1].options).toMatchObject({ preset: 'auto', trials: 3, seed: 7 });
  });

  it('with --synthetic says that it is synthetic, shows both methods and how to go on', async () => {
    const { code, out, err } = await captured(['demo', '--synthetic', '-q']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^A synthetic example: numbers made by a formula, no speech\./);
    const uar = ['svm', 'satnmf'].map((name) =>
      Number(new RegExp(`\\| ${name} \\(robust\\) +\\| +([\\d.]+) \\|`).exec(out)?.[1]),
    );
    expect(uar[1]).toBeGreaterThan(uar[0]);
    expect(out.match(/truth \\ said/g)).toHaveLength(2);
    expect(out).toContain('npx satnmf evaluate --source labelled.csv --target other.csv');
  });
});
