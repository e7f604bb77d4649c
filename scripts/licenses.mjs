/**
 * The licences of other people's code that ended up in dist/, found in esbuild's metafiles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { at } from './root.mjs';

/** Compiled into satnmf.wasm (its standard library), so esbuild does not see it. */
const IN_WASM = ['node_modules/assemblyscript'];

/** Folder of the package that a bundled file belongs to, nested installations included. */
const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

function text(folder) {
  const files = readdirSync(at(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (files.length > 0)
    return files.map((file) => readFileSync(at(folder, file), 'utf8').trim()).join('\n\n');
  const { license, author, repository } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${folder} is bundled, but tells no licence.`);
  const by = typeof author === 'string' ? author : author?.name;
  // @assemblyscript/loader ships no licence file; its compiler, of the same authors, does.
  const same = folder.endsWith('@assemblyscript/loader') ? `\n\n${text('node_modules/assemblyscript')}` : '';
  return `${license}${by ? `, by ${by}` : ''}${repository?.url ? ` (${repository.url})` : ''}${same}`;
}

/**
 * One section a package, in the order of their names.
 *
 * @param {{ outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> }[]} metafiles
 */
export function licenses(metafiles) {
  const folders = new Set(IN_WASM);
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = packageOf(file);
        if (folder && bytesInOutput > 0) folders.add(folder);
      }
  const sections = [...folders].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n${'-'.repeat(72)}\n${text(folder)}\n`;
  });
  return `satnmf contains code of these packages.\n\n${sections.sort().join('\n\n')}`;
}
