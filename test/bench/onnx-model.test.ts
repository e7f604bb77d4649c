import { describe, expect, it } from 'vitest';
import { matmulModel } from '../../bench/peers/onnx-model.js';

type Field = [number: number, content: number | Uint8Array];

/** The fields of a protocol buffer, one level deep. */
function fields(bytes: Uint8Array): Field[] {
  let at = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const found: Field[] = [];
  while (at < bytes.length) {
    const tag = varint();
    if (tag % 8 === 0) found.push([tag >> 3, varint()]);
    else {
      expect(tag % 8).toBe(2);
      const length = varint();
      found.push([tag >> 3, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  expect(at).toBe(bytes.length);
  return found;
}

const inside = (bytes: Uint8Array, ...path: number[]): (number | Uint8Array)[] =>
  path.reduce<(number | Uint8Array)[]>(
    (level, number) =>
      level.flatMap((content) =>
        fields(content as Uint8Array).flatMap(([field, value]) => (field === number ? [value] : [])),
      ),
    [bytes],
  );
const texts = (found: (number | Uint8Array)[]): string[] =>
  found.map((bytes) => new TextDecoder().decode(bytes as Uint8Array));

describe('the hand-made ONNX model', () => {
  const model = matmulModel(128, 6373, 300);

  it('has one MatMul of A and B into C', () => {
    expect(texts(inside(model, 7, 1, 1))).toEqual(['A', 'B']);
    expect(texts(inside(model, 7, 1, 2))).toEqual(['C']);
    expect(texts(inside(model, 7, 1, 4))).toEqual(['MatMul']);
  });

  it('declares f32 operands of the sizes asked for', () => {
    expect(texts([...inside(model, 7, 11, 1), ...inside(model, 7, 12, 1)])).toEqual(['A', 'B', 'C']);
    expect(inside(model, 7, 11, 2, 1, 1)).toEqual([1, 1]);
    expect(inside(model, 7, 11, 2, 1, 2, 1, 1)).toEqual([128, 6373, 6373, 300]);
    expect(inside(model, 7, 12, 2, 1, 2, 1, 1)).toEqual([128, 300]);
  });

  it('names the versions of format and operators', () => {
    expect(inside(model, 1)).toEqual([8]);
    expect(inside(model, 8, 2)).toEqual([13]);
  });
});
