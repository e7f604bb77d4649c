/**
 * What a module exports, from its binary: the type, function and export sections of the WebAssembly format.
 *
 * @module
 */

/** Parameters and results, as `i32 f64 -> f32`. */
export type Signatures = Record<string, string>;

const VALUES: Readonly<Record<number, string>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
};
const [TYPE, IMPORT, FUNCTION, EXPORT] = [1, 2, 3, 7];

/** Signatures of the exported functions of a module that imports nothing. */
export function signaturesOf(bytes: Uint8Array): Signatures {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  const list = <T>(item: () => T): T[] => Array.from({ length: number() }, item);
  const values = (): string => list(() => VALUES[bytes[at++]]).join(' ');
  let [types, functions]: [string[], number[]] = [[], []];
  const signatures: Signatures = {};
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = number() + at;
    if (section === IMPORT) throw new Error('the module imports something');
    if (section === TYPE)
      types = list(() => {
        at++;
        return `${values()} -> ${values()}`;
      });
    if (section === FUNCTION) functions = list(number);
    if (section === EXPORT)
      list(() => {
        const length = number();
        const name = new TextDecoder().decode(bytes.subarray(at, at + length));
        at += length;
        const isFunction = bytes[at++] === 0;
        const index = number();
        if (isFunction) signatures[name] = types[functions[index]];
      });
    at = end;
  }
  return signatures;
}

const WASM: Readonly<Record<string, string>> = { usize: 'i32', u32: 'i32', bool: 'i32', void: '' };

/** The same of the interface `Exports` in a source that scripts/exports.mjs wrote. */
export function declaredIn(source: string): Signatures {
  const type = (name: string): string => WASM[name] ?? name;
  const kernels = source.matchAll(/^ {2}(\w+)\((.*)\): (\w+);$/gm);
  return Object.fromEntries(
    [...kernels].map(([, name, parameters, result]) => {
      const types = [...parameters.matchAll(/\w+: (\w+)/g)].map(([, given]) => type(given));
      return [name, `${types.join(' ')} -> ${type(result)}`];
    }),
  );
}
