/**
 * The features of ten synthetic signals, as bits: the same in both builds, and those written down in
 * test/vectors/audio.json, which were computed by this project (SATNMF_WRITE_VECTORS=1 writes them anew).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareNames, extract, type Signal } from '../../../../../js/entries/audio.js';
import { signals } from '../../signals.js';
import { BUILDS, compareBuild } from '../../../../assembly/audio/stages.js';

interface Vector {
  /** SHA-256 of the 6373 float32 values, and of the low-level descriptors, little-endian. */
  functionals: string;
  lld: string;
  /** Every 177th feature, for the human eye. */
  some: Record<string, number>;
}

const file = fileURLToPath(new URL('../../../../vectors/audio.json', import.meta.url));

const sha256 = (data: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');

async function vectorOf(signal: Signal, module?: WebAssembly.Module): Promise<Vector> {
  const options = module === undefined ? {} : { module };
  const { features } = await extract(signal, options);
  const lld = await extract(signal, { ...options, level: 'lld' });
  const names = compareNames();
  const some: Record<string, number> = {};
  for (let i = 0; i < names.length; i += 177) some[names[i]] = features.data[i] + 0; // JSON has no −0
  return { functionals: sha256(features.data), lld: sha256(lld.features.data), some };
}

if (process.env.SATNMF_WRITE_VECTORS !== undefined) {
  const all: Record<string, Vector> = {};
  for (const [name, signal] of Object.entries(signals())) all[name] = await vectorOf(signal);
  writeFileSync(file, `${JSON.stringify(all, null, 1)}\n`);
}

const vectors = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Vector>;

describe.each(BUILDS)('the %s build', (build) => {
  it.each(Object.entries(signals()))('gives the bits written down: %s', async (name, signal) => {
    const vector = await vectorOf(signal, compareBuild(build));
    expect(vector.some).toEqual(vectors[name].some);
    expect(vector).toEqual(vectors[name]);
  });
});

describe('the vectors', () => {
  it('are of different features: no two signals share a digest', () => {
    const digests = Object.values(vectors).flatMap(({ functionals, lld }) => [functionals, lld]);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('notice a change of one sample by one step of 16 bit', async () => {
    const [[name, signal]] = Object.entries(signals());
    const samples = signal.samples.slice();
    samples[12000] += 1 / 32767;
    expect((await vectorOf({ ...signal, samples })).functionals).not.toBe(vectors[name].functionals);
  });
});
