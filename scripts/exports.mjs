/**
 * A transform of `asc`: writes beside a module, as `<module>.exports.ts`, what the module exports: constants, kernels
 * with the types of their parameters and results, and for each kernel that takes a record the function that writes it.
 * All of it is what the compiler itself says, with the comments of assembly/.
 */
import { ElementKind } from 'assemblyscript';
import { Transform } from 'assemblyscript/transform';

/** Types that the host sees as numbers, and how a DataView writes them. */
const WRITE = {
  usize: 'setUint32',
  i32: 'setInt32',
  u32: 'setUint32',
  f32: 'setFloat32',
  f64: 'setFloat64',
  bool: 'setUint8',
};

const HEAD = `// Written by scripts/exports.mjs when the wasm modules are built.

/** Address in wasm memory, in bytes. */
export type Pointer = number;
`;

/** All that a source file exports, with what it exports of other files. */
function exportsOf(file, found = new Map()) {
  for (const [name, element] of file.exports ?? []) found.set(name, element);
  for (const other of file.exportsStar ?? []) exportsOf(other, found);
  return found;
}

/** The value of a constant, which must be written as a number. */
function literalOf({ name, declaration }) {
  const text = declaration.initializer.range.toString();
  if (!/^\d+$/.test(text))
    throw new Error(`${name} must be exported as a plain whole number, not as ${text}.`);
  return text;
}

/** The comment before a declaration, or nothing. */
function commentOf({ range }) {
  const before = range.source.text.slice(0, range.start);
  const [comment] = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*(?:export\s+)?$/.exec(before) ?? [''];
  return comment === '' ? '' : `  ${comment.replace(/\s*(export\s+)?$/, '').replace(/\n\s*\*/g, '\n   *')}\n`;
}

/** The comment beside a field, or nothing. */
function besideOf({ range }) {
  const [, comment] = /^;? *\/\/ ([^\n]*)/.exec(range.source.text.slice(range.end)) ?? [];
  return comment === undefined ? '' : `  /** ${comment} */\n`;
}

/** The fields of an unmanaged class, in its order. */
function fieldsOf(type) {
  return [...type.members.values()]
    .map((member) => member.instance ?? member)
    .filter((field) => field.memoryOffset >= 0)
    .map((field) => ({
      name: field.name,
      type: field.type.toString(),
      at: field.memoryOffset,
      comment: besideOf(field.declaration),
    }));
}

/** The operands of a kernel, and what writes them where the kernel reads them. */
function writerOf(kernel, type) {
  const fields = fieldsOf(type);
  const operands = fields.map(({ name, type, comment }) => `${comment}  readonly ${name}: ${type};\n`);
  const writes = fields.map(({ name, type, at }) => `  to.${WRITE[type]}(${at}, operands.${name}, true);\n`);
  const run = `run${kernel[0].toUpperCase()}${kernel.slice(1)}`;
  return `
/** Operands of \`${kernel}\`. */
export interface ${type.name} {
${operands.join('')}}

/** Calls \`${kernel}\` with these operands. */
export function ${run}(e: Exports, operands: ${type.name}): ReturnType<Exports['${kernel}']> {
  const record = e.record();
  const to = new DataView(e.memory.buffer, record);
${writes.join('').replaceAll(/(setUint8\(.*), true\)/g, '$1)')}  return e.${kernel}(record);
}
`;
}

export default class extends Transform {
  afterCompile() {
    const out = process.argv[process.argv.indexOf('--outFile') + 1];
    const entry = [...this.program.filesByName.values()].find(({ source }) =>
      process.argv.includes(source.normalizedPath),
    );
    const [constants, writers, kernels] = [[], [], []];
    for (const [name, element] of [...exportsOf(entry)].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (element.kind === ElementKind.Global) {
        constants.push(`export const ${name} = ${literalOf(element)};\n`);
        continue;
      }
      const { signature } = element.instances.values().next().value;
      const parameters = element.functionTypeNode.parameters.map((parameter, i) => {
        const type = signature.parameterTypes[i];
        const record = type.getClass();
        if (record !== null) writers.push(writerOf(name, record));
        return `${parameter.name.text}: ${record === null ? type.toString() : 'usize'}`;
      });
      kernels.push(
        `${commentOf(element.declaration)}  ${name}(${parameters.join(', ')}): ${signature.returnType};\n`,
      );
    }
    const said = kernels.concat(writers).join('');
    const text = [
      HEAD,
      ...Object.keys(WRITE)
        .filter((type) => said.includes(`: ${type}`))
        .map((type) => `type ${type} = number;\n`),
      ...constants,
      `\n/** @internal What ${entry.source.normalizedPath} exports. */\nexport interface Exports {\n`,
      `  readonly memory: WebAssembly.Memory;\n${kernels.join('')}}\n`,
      ...writers,
    ];
    this.writeFile(`${out}.exports.ts`, text.join(''), this.baseDir);
  }
}
