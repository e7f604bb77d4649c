/**
 * Writes assembly/satnmf.wasm.sha256, the published digest of the release module that CI rebuilds
 * and compares with. Run it after every change of assembly/.
 */
import { writeFileSync } from 'node:fs';
import { at } from './root.mjs';
import { buildWasm, sha256 } from './wasm.mjs';

buildWasm();
writeFileSync(at('assembly/satnmf.wasm.sha256'), `${sha256(at('build/satnmf.wasm'))}  satnmf.wasm\n`);
