/**
 * Writes what CI and `satnmf doctor` compare with: the SHA-256 of the release modules, and the digest
 * of the fixed fit. Run it after every change that may move a bit.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { bundle } from './bundle.mjs';
import { at } from './root.mjs';
import { buildWasm, MODULES, sha256 } from './wasm.mjs';

await buildWasm();
for (const { name } of MODULES)
  writeFileSync(at(`assembly/${name}.wasm.sha256`), `${sha256(at(`build/${name}.wasm`))}  ${name}.wasm\n`);

await bundle(JSON.parse(readFileSync(at('package.json'), 'utf8')).version);
const { fixedFitDigest } = await import(at('dist/methods.js'));
const { digest } = await fixedFitDigest();
const file = at('js/experiment/digest/published-digest.ts');
writeFileSync(file, readFileSync(file, 'utf8').replace(/'[0-9a-f]{64}'/, `'${digest}'`));
console.error(`fixed fit ${digest}`);
