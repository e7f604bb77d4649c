import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../../js/entries/audio.js';
import { compareNames } from '../../../../js/data/feature-sets/compare-2013.js';
import { EMODB_CREDIT, type EmodbOptions, loadEmodb } from '../../../../js/io/emodb/index.js';
import { PACKING_ERROR, readContainer } from '../../../../js/entries/io.js';
import { SHARED } from '../../../shared.js';

const packed = new URL('../../../../js/io/emodb/emodb.bin', import.meta.url);
const shared = SHARED;
const wavs = ['03a01Fa.wav', '11b09Td.wav', '16b10Wb.wav'].map((name) => join(shared, 'data', 'emodb', name));
const absent = wavs.filter((path) => !existsSync(path));

const counts = (list: readonly (string | null)[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const item of list) found[String(item)] = (found[String(item)] ?? 0) + 1;
  return found;
};

async function digest(options: EmodbOptions = {}): Promise<string> {
  const { features } = await loadEmodb(options);
  return createHash('sha256').update(features.data).digest('hex');
}

describe('EmoDB', () => {
  it('has 535 utterances of ten speakers in seven emotions, and 6373 finite features', async () => {
    const { name, features, columns, file, speaker, emotion, extra } = await loadEmodb();
    expect([name, features.rows, features.cols]).toEqual(['EmoDB', 535, 6373]);
    expect(columns).toEqual(compareNames());
    expect(features.data.every((value) => Number.isFinite(value))).toBe(true);
    expect(new Set(file).size).toBe(535);
    expect(counts(speaker)).toEqual({
      ...{
        '03': 49,
        '08': 58,
        '09': 43,
        '10': 38,
        '11': 55,
        '12': 35,
        '13': 61,
        '14': 69,
        '15': 56,
        '16': 71,
      },
    });
    expect(counts(emotion)).toEqual({
      ...{ anger: 127, boredom: 81, disgust: 46, fear: 69, happiness: 71, neutral: 79, sadness: 62 },
    });
    expect(counts(extra['sex'])).toEqual({ m: 233, f: 302 });
    expect(new Set(extra['text']).size).toBe(10);
  });

  it('names those who recorded it', () => {
    expect(EMODB_CREDIT).toMatch(/Burkhardt.*2005/);
  });

  it('is at most 4 MB, and the same from its bytes and from its address', async () => {
    const bytes = new Uint8Array(readFileSync(packed));
    expect(bytes.length).toBeLessThanOrEqual(4_000_000);
    const standard = await digest();
    expect(await digest({ bytes })).toBe(standard);
    expect(await digest({ url: packed })).toBe(standard);
    const url = `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`;
    expect(await digest({ url })).toBe(standard);
  });

  it('says where its file should have been', async () => {
    const url = new URL('./nowhere.bin', packed);
    await expect(loadEmodb({ url })).rejects.toMatchObject({ code: 'bad-file', file: String(url) });
    await expect(loadEmodb({ bytes: new Uint8Array(100) })).rejects.toMatchObject({ code: 'bad-file' });
  });

  it.skipIf(absent.length > 0)(
    absent.length > 0
      ? 'holds what is extracted from the recordings (skipped: they are not in SATNMF_SHARED)'
      : 'holds what is extracted from the recordings, within the stated error',
    async () => {
      const { features, file } = await loadEmodb();
      const { tensors } = readContainer(new Uint8Array(readFileSync(packed)), 'corpus');
      const knots = tensors.find(({ name }) => name === 'knots')!;
      const last = knots.shape[1] - 1;
      for (const path of wavs) {
        const row = file.findIndex((name) => name !== null && path.endsWith(name));
        const own = (await extract(readFileSync(path))).features.data;
        const beyond = compareNames().filter((_, j) => {
          const low = knots.data[j * (last + 1)];
          const high = knots.data[j * (last + 1) + last];
          const rounding = Math.max(Math.abs(low), Math.abs(high)) * 2 ** -23;
          const error = Math.abs(own[j] - features.data[row * features.cols + j]);
          return error > (high - low) * PACKING_ERROR + rounding;
        });
        expect([path, beyond]).toEqual([path, []]);
      }
    },
  );
});
