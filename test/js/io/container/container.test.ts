import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../../js/data/tensor.js';
import { SatnmfError } from '../../../../js/errors.js';
import { type Container, readContainer, writeContainer } from '../../../../js/entries/io.js';
import { crc32 } from '../../../../js/io/container/crc32.js';

const utf8 = new TextEncoder();

function failure(run: () => unknown): SatnmfError {
  try {
    run();
  } catch (error) {
    if (error instanceof SatnmfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const model: Container = {
  kind: 'model',
  meta: { method: 'satnmf', options: { r: 2, gamma: 0.1 }, classes: ['anger', 'Ärger', '\u2028'] },
  tensors: [
    { name: 'U', shape: [3, 2], data: Float32Array.of(1, -0, 3.5, 1e-45, 5, 3e38) },
    { name: 'bias', shape: [1], data: Float64Array.of(1 / 3) },
    { name: 'half', shape: [2, 1], data: Uint16Array.of(0x3c00, 0x7bff) },
    { name: 'index', shape: [0, 7], data: new Int32Array(0) },
    { name: 'pairs', shape: [], data: Int32Array.of(-5) },
    { name: 'flags', shape: [3], data: Uint8Array.of(0, 255, 7) },
  ],
};

/** A file with a header of the given text and a payload; the checksum is right. */
function file(header: (sum: (head: string) => string) => string, payload = new Uint8Array(0)): Uint8Array {
  const text = header((head) => `${head},"crc32":${crc32(utf8.encode(head), payload)}}`);
  const head = utf8.encode(text);
  const bytes = new Uint8Array(12 + head.length + payload.length);
  bytes.set(utf8.encode('SATNMF\r\n'));
  new DataView(bytes.buffer).setUint32(8, head.length, true);
  bytes.set(head, 12);
  bytes.set(payload, 12 + head.length);
  return bytes;
}

/** A file whose header lists the given entries over `size` bytes of zeros. */
const listing = (tensors: unknown, size: number): Uint8Array =>
  file(
    (sum) => sum(JSON.stringify({ format: 1, kind: 'model', meta: null, tensors }).slice(0, -1)),
    new Uint8Array(size),
  );

describe('the container', () => {
  it('gives back what was written, bit by bit, whatever the alignment of the bytes', () => {
    const bytes = writeContainer(model);
    for (const shift of [0, 1, 3]) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const back = readContainer(moved.subarray(shift), 'model');
      expect(back).toEqual(model);
      expect(Object.is((back.tensors[0].data as Float32Array)[1], -0)).toBe(true);
    }
  });

  it('is the same file for the same content, begins with its magic bytes, and aligns tensors to 16', () => {
    const bytes = writeContainer(model);
    expect(writeContainer(model)).toEqual(bytes);
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('SATNMF\r\n');
    expect((12 + new DataView(bytes.buffer).getUint32(8, true)) % 16).toBe(0);
  });

  it('gives copies: changing them does not change the file', () => {
    const bytes = writeContainer(model);
    const before = bytes.slice();
    (readContainer(bytes, 'model').tensors[0].data as Float32Array).fill(9);
    expect(bytes).toEqual(before);
  });

  it('refuses to write what could not be read', () => {
    const write = (...tensors: Tensor[]) =>
      failure(() => writeContainer({ kind: 'model', meta: null, tensors })).code;
    const data = Float32Array.of(1, 2);
    expect(write({ name: 'a', shape: [3], data })).toBe('shape-mismatch');
    expect(write({ name: 'a', shape: [2], data }, { name: 'a', shape: [2], data })).toBe('bad-argument');
    expect(write({ name: 'a', shape: [1], data: Float32Array.of(NaN) })).toBe('not-finite');
    expect(write({ name: 'a', shape: [1], data: Uint16Array.of(0x7c00) })).toBe('not-finite');
    expect(write({ name: 'a', shape: [1], data: new Int8Array(1) as unknown as Int32Array })).toBe(
      'bad-argument',
    );
  });

  it('says what a file is that is not the one expected', () => {
    const bytes = writeContainer({ ...model, kind: 'corpus' });
    const error = failure(() => readContainer(bytes, 'model', 'm.satnmf'));
    expect(error.code).toBe('bad-model');
    expect(error.message).toBe('m.satnmf: holds a "corpus", a "model" was expected');
    expect(failure(() => readContainer(utf8.encode('PK\u0003\u0004 zip'), 'model')).code).toBe('bad-file');
    expect(failure(() => readContainer(new Uint8Array(0), 'model')).code).toBe('bad-file');
    const newer = file((sum) => sum('{"format":2,"kind":"model","meta":null,"tensors":[]'));
    expect(failure(() => readContainer(newer, 'model'))).toMatchObject({
      code: 'wrong-version',
      expected: '1',
      actual: '2',
    });
  });

  it('accepts the smallest file', () => {
    expect(readContainer(listing([], 0), 'model')).toEqual({ kind: 'model', meta: null, tensors: [] });
  });

  it.each<[string, unknown, number]>([
    ['no list', { length: 1 }, 0],
    ['an entry that is no object', [null], 0],
    ['no name', [{ dtype: 'u1', shape: [1], offset: 0 }], 1],
    ['an unknown type', [{ name: 'a', dtype: 'f16', shape: [1], offset: 0 }], 2],
    ['a type named like a property of objects', [{ name: 'a', dtype: 'toString', shape: [1], offset: 0 }], 1],
    ['no shape', [{ name: 'a', dtype: 'u1', shape: 1, offset: 0 }], 1],
    ['too many dimensions', [{ name: 'a', dtype: 'u1', shape: [1, 1, 1, 1, 1, 1, 1, 1, 1], offset: 0 }], 1],
    ['a negative side', [{ name: 'a', dtype: 'u1', shape: [-1, -1], offset: 0 }], 1],
    ['half a side', [{ name: 'a', dtype: 'u1', shape: [0.5, 2], offset: 0 }], 1],
    ['a side of words', [{ name: 'a', dtype: 'u1', shape: ['1'], offset: 0 }], 1],
    [
      'sides whose product is beyond counting',
      [{ name: 'a', dtype: 'u1', shape: [2 ** 40, 2 ** 40], offset: 0 }],
      1,
    ],
    ['a size beyond the file', [{ name: 'a', dtype: 'f8', shape: [2 ** 40], offset: 0 }], 8],
    ['a negative offset', [{ name: 'a', dtype: 'u1', shape: [1], offset: -1 }], 1],
    ['an offset beyond the file', [{ name: 'a', dtype: 'u1', shape: [1], offset: 1600 }], 1],
    ['an offset between the lines', [{ name: 'a', dtype: 'u1', shape: [1], offset: 1 }], 2],
    ['another entry', [{ name: 'a', dtype: 'u1', shape: [1], offset: 0, code: 'alert(1)' }], 1],
    [
      'tensors that overlap',
      [
        { name: 'a', dtype: 'u1', shape: [32], offset: 0 },
        { name: 'b', dtype: 'u1', shape: [16], offset: 16 },
      ],
      32,
    ],
    [
      'two tensors of one name',
      [
        { name: 'a', dtype: 'u1', shape: [16], offset: 0 },
        { name: 'a', dtype: 'u1', shape: [16], offset: 16 },
      ],
      32,
    ],
    ['bytes after the last tensor', [{ name: 'a', dtype: 'u1', shape: [1], offset: 0 }], 2],
    ['bytes and no tensor', [], 1],
  ])('refuses a header with %s', (_, tensors, size) => {
    expect(failure(() => readContainer(listing(tensors, size), 'model')).code).toBe('bad-model');
  });

  it.each([
    ['not JSON', '{"format":1'],
    ['a list', '[]'],
    ['null', 'null'],
    ['nested without end', '['.repeat(200_000)],
    ['nested deeply', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)],
    ['without a checksum', '{"format":1,"kind":"model","meta":null,"tensors":[]}'],
    ['with a wrong checksum', '{"format":1,"kind":"model","meta":null,"tensors":[],"crc32":0}'],
    ['without a version', '{"kind":"model","meta":null,"tensors":[]}'],
    ['of version "1"', '{"format":"1","kind":"model","meta":null,"tensors":[]}'],
  ])('refuses a header that is %s', (_, text) => {
    expect(
      failure(() =>
        readContainer(
          file(() => text),
          'model',
        ),
      ).code,
    ).toBe('bad-model');
  });

  it('refuses a key "__proto__" anywhere, and has not let it in', () => {
    for (const head of [
      '{"__proto__":{"polluted":1},"format":1,"kind":"model","meta":null,"tensors":[]',
      '{"format":1,"kind":"model","meta":{"options":{"__proto__":{"polluted":1}}},"tensors":[]',
    ])
      expect(
        failure(() =>
          readContainer(
            file((sum) => sum(head)),
            'model',
          ),
        ).message,
      ).toContain('"__proto__"');
    expect('polluted' in {}).toBe(false);
  });
});

describe('crc32', () => {
  it('has the check value of its definition, in one part or several', () => {
    expect(crc32(utf8.encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(utf8.encode('1234'), utf8.encode(''), utf8.encode('56789'))).toBe(0xcbf43926);
    expect(crc32()).toBe(0);
  });
});
