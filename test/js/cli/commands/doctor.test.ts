import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_DIGEST } from '../../../../js/experiment/digest/published-digest.js';
import { captured } from '../captured.js';

const published = readFileSync(
  new URL('../../../../assembly/satnmf.wasm.sha256', import.meta.url),
  'utf8',
).split(' ')[0];

describe('satnmf doctor', () => {
  it('finds that all is well on this runtime: the published wasm, the published bits', async () => {
    const { code, out, err } = await captured(['doctor', '--json']);
    expect(JSON.parse(out)).toEqual({
      version: __VERSION__,
      runtime: `Node ${process.versions.node}`,
      platform: `${process.platform} ${process.arch}`,
      simd: true,
      wasmSha256: published,
      wasmAsBuilt: true,
      maxBytes: expect.any(Number) as number,
      digest: PUBLISHED_DIGEST,
      publishedDigest: PUBLISHED_DIGEST,
      digestAsPublished: true,
      seconds: expect.any(Number) as number,
      problems: [],
    });
    expect([code, err]).toEqual([0, '']);
  });

  it('prints it as a table', async () => {
    const { code, out } = await captured(['doctor']);
    expect(code).toBe(0);
    expect(out).toMatch(/\| wasm SIMD +\| yes +\|/);
    expect(out).toMatch(/\| as published +\| yes +\|/);
    expect(out.endsWith('\nAll is well.\n')).toBe(true);
  });
});
