/** Good small files with one byte changed, or cut anywhere: a finite result or a named error, nothing else. */
import { describe, expect, it } from 'vitest';
import { corpus } from '../../js/data/corpus.js';
import { fitNormalizer } from '../../js/data/scaling/normalize.js';
import { normalizerFromTensors, normalizerTensors } from '../../js/data/scaling/normalizer-tensors.js';
import { SatnmfError } from '../../js/errors.js';
import { readContainer, readTable, writeContainer, writeTable } from '../../js/entries/io.js';

const table = corpus({
  name: 'good',
  features: { rows: 3, cols: 2, data: Float32Array.of(0.5, -2, 1e-7, 12345.678, 3e38, 0) },
  columns: ['mfcc_sma[1]_range', 'b'],
  file: ['a.wav', 'b, c.wav', "d'.wav"],
  speaker: ['03', '03', '08'],
  emotion: ['anger', 'fear', null],
  extra: { text: ['x "y"', null, 'ä'] },
});

/** What a changed byte becomes: each single bit flipped, and some bytes that mean something. */
const MASKS = [1, 2, 4, 8, 16, 32, 64, 128, 255];
const MEANING = [...'\0\t\n\r ",;\'{}[]?%@-.0'].map((letter) => letter.charCodeAt(0));

/** Calls `use` with every mutation of `bytes`: bits flipped, bytes replaced, removed or doubled, cuts. */
async function mutate(bytes: Uint8Array, use: (changed: Uint8Array) => Promise<unknown>): Promise<number> {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const changes = new Set([...MASKS.map((mask) => bytes[at] ^ mask), ...MEANING]);
    changes.delete(bytes[at]);
    for (const byte of changes) {
      const changed = bytes.slice();
      changed[at] = byte;
      await use(changed);
      count++;
    }
    await use(bytes.slice(0, at));
    await use(Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]));
    await use(Uint8Array.from([...bytes.subarray(0, at + 1), ...bytes.subarray(at)]));
    count += 3;
  }
  return count;
}

/** Runs a reader; anything but a `SatnmfError` that names a known code is thrown on. */
async function attempt(read: () => unknown): Promise<'read' | 'refused'> {
  try {
    await read();
    return 'read';
  } catch (error) {
    if (error instanceof SatnmfError && error.code !== 'internal' && error.message.length < 600)
      return 'refused';
    throw error;
  }
}

describe('every mutation of a good table', () => {
  for (const extension of ['.npy', '.csv', '.arff'])
    it(`${extension} is read as finite numbers or refused by name`, async () => {
      const files = new Map(writeTable(table, `good${extension}`).map(({ name, bytes }) => [name, bytes]));
      let refused = 0;
      let total = 0;
      for (const [name, bytes] of files)
        total += await mutate(bytes, async (changed) => {
          const missing = changed.reduce((sum, byte) => sum + byte, 0) % 2 === 0 ? 'refuse' : 'median';
          const outcome = await attempt(async () => {
            const read = async (asked: string) => (asked === name ? changed : (files.get(asked) ?? null));
            const found = await readTable(`good${extension}`, read, { missing });
            const { rows, cols, data } = found.features;
            if (rows < 1 || cols < 1 || data.length !== rows * cols || !data.every(Number.isFinite))
              throw new Error('the table is not finite');
            for (const list of [found.file, found.speaker, found.emotion, ...Object.values(found.extra)])
              if (list.length !== rows || list.some((value) => value !== null && typeof value !== 'string'))
                throw new Error('the row data is not complete');
          });
          if (outcome === 'refused') refused++;
        });
      expect(refused).toBeGreaterThan(total / 8);
      expect(refused).toBeLessThan(total); // some changes are values like others
    });
});

describe('every mutation of a good container', () => {
  const features = { rows: 6, cols: 2, data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6) };
  const normalizer = fitNormalizer({ name: 'x', features, speaker: [...'aaaaab'] }, 'speaker-rank');
  const { meta, tensors } = normalizerTensors(normalizer);
  const bytes = writeContainer({ kind: 'model', meta: { normalizer: meta }, tensors });
  const read = (changed: Uint8Array): unknown => {
    const found = readContainer(changed, 'model');
    return normalizerFromTensors((found.meta as { normalizer: unknown }).normalizer, found.tensors);
  };

  it('is refused: the checksum covers all of it', async () => {
    expect(read(bytes)).toEqual(normalizer);
    const length = new DataView(bytes.buffer).getUint32(8, true);
    const end = new TextDecoder().decode(bytes.subarray(12, 12 + length)).trimEnd().length;
    await mutate(bytes, async (changed) => {
      if ((await attempt(() => read(changed))) === 'refused') return;
      // White space around the JSON says nothing; no other change may go unnoticed.
      const text = new TextDecoder().decode(changed.subarray(12, 12 + length));
      expect(text.trim()).toBe(new TextDecoder().decode(bytes.subarray(12, 12 + end)));
      expect(read(changed)).toEqual(normalizer);
    });
  });
});

describe('large hostile tables', () => {
  // Linear readers take a second or so for all of these; quadratic ones would take hours and run into the time limit.
  const n = 3_000_000;
  const cases: [string, string][] = [
    ['quotes', '"'.repeat(n)],
    ['an open quote over many lines', `x\n"${'a,b\n'.repeat(n / 4)}`],
    ['pairs of quotes', `x\n${'""'.repeat(n / 2)}`],
    ['quoted cells in one line', `x\n${'"a",'.repeat(n / 4)}`],
    ['quoted cells in many lines', `x\n${'"a"\n'.repeat(n / 4)}`],
    ['quoted line breaks', `x\n${'"\n"'.repeat(n / 3)}`],
    ['blank lines', `x\n${'\n'.repeat(n)}1`],
    ['line ends of two kinds', `x\n${'\r\n\r'.repeat(n / 3)}1`],
    ['spaces', `x\n${' '.repeat(n)}`],
    ['digits', `x\n${'1'.repeat(n)}x`],
    ['digits and points', `x\n${'1.'.repeat(n / 2)}`],
    ['exponents', `x\n${'1e'.repeat(n / 2)}`],
    ['backslashes', `@attribute x real\n@data\n'${'\\'.repeat(n)}`],
    ['attributes', '@attribute x real\n'.repeat(n / 20)],
    ['values of an attribute', `@attribute x real\n@attribute y {${'a,'.repeat(n / 2)}}\n@data\n1,a\n`],
    ['comments', `%\n${'%\n'.repeat(n / 2)}`],
  ];
  it.each(cases)('%s', async (_, text) => {
    const bytes = new TextEncoder().encode(text);
    for (const name of ['x.csv', 'x.arff'])
      await attempt(() => readTable(name, async (asked) => (asked === name ? bytes : null)));
  });
});
