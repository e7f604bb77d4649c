/**
 * js/core/exports.ts and js/audio/exports.ts, which the build writes, against the modules and the classes of assembly/.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as audio from '../../js/audio/exports.js';
import * as core from '../../js/core/exports.js';
import { declaredIn, signaturesOf } from './signatures.js';

const MODULES = [
  { file: 'js/core/exports.ts', module: 'satnmf', constants: core as object },
  { file: 'js/audio/exports.ts', module: 'compare', constants: audio as object },
];

describe.each(MODULES)('$file', ({ file, module, constants }) => {
  const source = readFileSync(file, 'utf8');

  test.each(['', '.debug'])(`has the names and types of build/${module}%s.wasm`, (build) => {
    expect(declaredIn(source)).toEqual(signaturesOf(readFileSync(`build/${module}${build}.wasm`)));
  });

  test('has the constants of the module', async () => {
    const { instance } = await WebAssembly.instantiate(readFileSync(`build/${module}.wasm`), {});
    const globals = Object.entries(instance.exports).filter(
      ([, value]) => value instanceof WebAssembly.Global,
    );
    const held = globals.map(([name, value]) => [name, (value as WebAssembly.Global).value as number]);
    const declared = Object.entries(constants).filter(([, value]) => typeof value === 'number');
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(held));
  });

  test('a wrong name, number or type of parameters would be noticed', () => {
    const right = signaturesOf(readFileSync(`build/${module}.wasm`));
    const [[, kernel]] = source.matchAll(/^ {2}(\w+)\(\w+: (?:i32|usize)/gm);
    for (const [from, to] of [
      [`  ${kernel}(`, `  ${kernel}s(`],
      [`  ${kernel}(`, `  ${kernel}(more: i32, `],
      [new RegExp(`(  ${kernel}\\(\\w+): \\w+`), '$1: f64'],
    ] as const)
      expect(declaredIn(source.replace(from, to))).not.toEqual(right);
  });
});

/** Bytes of a field, and how to read it. */
const FIELDS = {
  usize: [4, 'getUint32'],
  i32: [4, 'getInt32'],
  f32: [4, 'getFloat32'],
  f64: [8, 'getFloat64'],
  bool: [1, 'getUint8'],
} as const;

/** The unmanaged classes of assembly/core: name and type of their fields, in order. */
function records(): Map<string, [name: string, type: keyof typeof FIELDS][]> {
  const found = new Map<string, [string, keyof typeof FIELDS][]>();
  for (const name of readdirSync('assembly/core', { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(`assembly/core/${name}`, 'utf8');
    for (const [, record, body] of text.matchAll(/@unmanaged\nexport class (\w+) \{\n([^}]*)\}/g))
      found.set(
        record,
        [...body.matchAll(/^ {2}(\w+): (\w+);(?: \/\/ .*)?$/gm)].map(([, field, type]) => [
          field,
          type as keyof typeof FIELDS,
        ]),
      );
  }
  return found;
}

describe('a record', () => {
  const source = readFileSync('js/core/exports.ts', 'utf8');
  const writers = [...source.matchAll(/export function (run\w+)\(e: Exports, operands: (\w+)\).*'(\w+)'/g)];
  const classes = records();

  test('of each kernel has a function that writes it', () => {
    expect(writers.map(([, , record]) => record).sort()).toEqual([...classes.keys()].sort());
  });

  test.each(writers.map(([, writer, record, kernel]) => ({ writer, record, kernel })))(
    '$record is written where the fields of its class lie, and nowhere else',
    ({ writer, record, kernel }) => {
      const fields = classes.get(record) ?? [];
      const at = 16;
      const buffer = new ArrayBuffer(at + core.RECORD_BYTES);
      const operands = Object.fromEntries(
        fields.map(([name, type], i) => [name, type === 'bool' ? 1 : 3 + i]),
      );
      let given = 0;
      const e = { record: () => at, memory: { buffer }, [kernel]: (address: number) => (given = address) };
      (core as unknown as Record<string, (...all: unknown[]) => void>)[writer](e, operands);
      expect(given).toBe(at);
      // The rule of C: a field begins at the next multiple of its size.
      const view = new DataView(buffer, at);
      let end = 0;
      for (const [name, type] of fields) {
        const [bytes, get] = FIELDS[type];
        const from = Math.ceil(end / bytes) * bytes;
        expect(view[get](from, true), name).toBe(operands[name]);
        new Uint8Array(buffer, at + from, bytes).fill(0);
        end = from + bytes;
      }
      expect(end).toBeLessThanOrEqual(core.RECORD_BYTES);
      expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true);
    },
  );
});
