/**
 * Writes assembly/<name>.wasm.sha256, the published digests of the release modules that CI rebuilds
 * and compares with. Run it after every change of assembly/.
 */
import { writeFileSync } from 'node:fs';
import { at } from './root.mjs';
import { buildWasm, MODULES, sha256 } from './wasm.mjs';

buildWasm();
for (const { name } of MODULES)
  writeFileSync(at(`assembly/${name}.wasm.sha256`), `${sha256(at(`build/${name}.wasm`))}  ${name}.wasm\n`);
