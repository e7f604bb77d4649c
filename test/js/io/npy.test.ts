import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SatnmfError } from '../../../js/errors.js';
import { readNpy, writeNpy } from '../../../js/entries/io.js';

const vectors = JSON.parse(readFileSync(new URL('../../vectors/npy.json', import.meta.url), 'utf8')) as {
  read: { name: string; dtype: string; shape: number[]; data: number[]; file: string }[];
  refused: { name: string; file: string }[];
};

/** The bytes, at an address that is a multiple of nothing. */
function bytesOf(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  const odd = new Uint8Array(bytes.length + 1);
  odd.set(bytes, 1);
  return odd.subarray(1);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('readNpy', () => {
  it.each(vectors.read)('reads $name as NumPy wrote it', ({ dtype, shape, data, file }) => {
    const array = readNpy(bytesOf(file));
    expect(array.dtype).toBe(dtype);
    expect(array.shape).toEqual(shape);
    expect([...array.data]).toEqual(data);
  });

  it.each(vectors.refused)('says that $name is not read', ({ file }) => {
    try {
      readNpy(bytesOf(file), 'x.npy');
    } catch (error) {
      expect(error).toBeInstanceOf(SatnmfError);
      expect((error as SatnmfError).code).toBe('unsupported');
      expect((error as SatnmfError).message).toMatch(/^x\.npy: /);
      return;
    }
    throw new Error('it was read');
  });

  it('copies: the file may change afterwards', () => {
    const bytes = bytesOf(vectors.read[0].file);
    const { data } = readNpy(bytes);
    bytes.fill(0);
    expect(data[0]).toBe(1.5);
  });

  it('reads a slice of a Node Buffer', () => {
    const file = Buffer.concat([Buffer.from('xyz'), Buffer.from(vectors.read[0].file, 'base64')]);
    expect([...readNpy(file.subarray(3)).data]).toEqual(vectors.read[0].data);
  });
});

describe('writeNpy', () => {
  it('writes the bytes that NumPy writes', () => {
    const { shape, data, file } = vectors.read[0];
    const bytes = writeNpy({ rows: shape[0], cols: shape[1], data: Float32Array.from(data) });
    expect(hex(bytes)).toBe(hex(bytesOf(file)));
  });

  it('is read back bit by bit, −0 and the smallest number too', () => {
    const data = Float32Array.of(-0, 1e-45, 3.4028234663852886e38, 1 / 3, -1, 0);
    const back = readNpy(writeNpy({ rows: 3, cols: 2, data }));
    expect(back.shape).toEqual([3, 2]);
    expect(hex(new Uint8Array((back.data as Float32Array).buffer))).toBe(hex(new Uint8Array(data.buffer)));
  });

  it('writes a part of a larger array as the part alone', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect([...readNpy(writeNpy({ rows: 1, cols: 2, data })).data]).toEqual([1, 2]);
  });
});
