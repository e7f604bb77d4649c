import { describe, expect, it } from 'vitest';
import { captured } from './captured.js';

describe('satnmf demo', () => {
  it('says that it is synthetic, shows both methods and how to go on', async () => {
    const { code, out, err } = await captured(['demo', '-q']);
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
