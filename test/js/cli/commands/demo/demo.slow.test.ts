/**
 * The whole of `satnmf demo`, which takes some half a minute of processor time.
 */
import { expect, it } from 'vitest';
import { captured } from '../../captured.js';

const uarOf = (out: string, name: string): number =>
  Number(new RegExp(`\\| ${name} \\([a-z]+\\) +\\| +([\\d.]+) \\|`).exec(out)?.[1]);

it('satnmf demo recognises the women of EmoDB by its men', async () => {
  const { code, out, err } = await captured(['demo', '-q']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Real speech: /);
  expect(uarOf(out, 'svm')).toBeGreaterThan(60);
  expect(uarOf(out, 'satnmf')).toBeGreaterThan(uarOf(out, 'svm'));
  expect(out.match(/truth \\ said/g)).toHaveLength(2);
  for (const emotion of ['anger', 'boredom', 'disgust', 'fear', 'happiness', 'neutral', 'sadness'])
    expect(out.match(new RegExp(`^\\| ${emotion} `, 'gm'))).toHaveLength(2);
  expect(out).toContain('npx satnmf predict recordings/');
});
