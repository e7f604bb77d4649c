/**
 * Builds everything that is not in the repository: the wasm modules (release, and debug with
 * `--debug`), the copies of them that entries embed, and the ESM bundles in dist/.
 *
 *   node scripts/build.mjs [--wasm-only] [--debug]
 */
import { readFileSync } from 'node:fs';
import { bundle } from './bundle.mjs';
import { at } from './root.mjs';
import { buildWasm } from './wasm.mjs';
import { embedWeights } from './weights.mjs';

const flags = new Set(process.argv.slice(2));
for (const flag of flags)
  if (!['--wasm-only', '--debug'].includes(flag)) throw new Error(`${flag} is not an option of the build.`);

await buildWasm({ debug: flags.has('--debug') });
embedWeights();
if (!flags.has('--wasm-only')) await bundle(JSON.parse(readFileSync(at('package.json'), 'utf8')).version);
