/**
 * The licences of other people's code that ended up in dist/, found in esbuild's metafiles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { at } from './root.mjs';

/** Compiled into satnmf.wasm (its standard library), so esbuild does not see it. */
const IN_WASM = ['node_modules/assemblyscript'];

/** Folder of the package that a bundled file belongs to, nested installations included. */
const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** The licences and notices of a package. */
function textsOf(folder) {
  const files = readdirSync(at(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (files.length > 0) return files.map((file) => readFileSync(at(folder, file), 'utf8').trim());
  const { license, author, repository } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${folder} is bundled, but tells no licence.`);
  const by = typeof author === 'string' ? author : author?.name;
  return [`${license}${by ? `, by ${by}` : ''}${repository?.url ? ` (${repository.url})` : ''}`];
}

/** Licences of the MIT kind differ in the lines before this. */
const MIT = /^Permission is hereby granted/m;

/**
 * Each text once, before it the packages that it is of, with the copyright lines of each.
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
  const sections = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));
    for (const text of textsOf(folder)) {
      const start = Math.max(text.search(MIT), 0);
      const body = text.slice(start);
      const same = body.replace(/['"]/g, '').replace(/\s+/g, ' ');
      const section = sections.get(same) ?? { heads: [], body };
      section.heads.push(`${name} ${version}\n\n${text.slice(0, start)}`.trim());
      sections.set(same, section);
    }
  }
  const line = '-'.repeat(72);
  const written = [...sections.values()].map(({ heads, body }) => `${[...heads, line, body].join('\n\n')}\n`);
  return `satnmf contains code of these packages.\n\n${written.join(`\n${line}\n\n`)}`;
}
