/**
 * `npm run check`: everything that can be said about the code without running it. All steps run,
 * so one look shows all complaints; the exit code is 1 if any step complained. Steps that are
 * content say nothing.
 *
 *   node scripts/check.mjs [step …]
 */
import { spawnSync } from 'node:child_process';
import { root } from './root.mjs';

const STEPS = {
  build: 'node scripts/build.mjs',
  declarations: 'node scripts/types.mjs',
  types: 'tsc --noEmit -p tsconfig.json',
  lint: 'eslint --max-warnings 0 .',
  rooms: 'node scripts/rooms.mjs',
  folders: 'node scripts/folders.mjs',
  picture: 'node scripts/house-picture.mjs --check',
  format: 'prettier --check --log-level warn .',
  unused: 'knip',
  package: 'publint --strict',
  sizes: 'size-limit',
  resolution:
    'attw --pack . --profile esm-only --exclude-entrypoints core.wasm compare.wasm emodb.bin worker-thread.js --no-emoji --format ascii',
};

const chosen = process.argv.slice(2);
for (const name of chosen)
  if (!(name in STEPS))
    throw new Error(`${name} is not a step of the check: ${Object.keys(STEPS).join(', ')}.`);

// Two steps pack the package; dist/ is built by then, so `prepack` need not build it again.
const env = { ...process.env, npm_config_ignore_scripts: 'true' };

// npx --no: only what is installed here.
const failed = [];
for (const [name, command] of Object.entries(STEPS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const began = performance.now();
  const full = command.startsWith('node ') ? command : `npx --no -- ${command}`;
  const { status, stdout, stderr } = spawnSync(full, {
    cwd: root,
    shell: true,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (status === 0) console.log(`ok      ${name} (${command}), ${seconds} s`);
  else {
    failed.push(name);
    console.log(`FAILED  ${name} (${command}), exit code ${status}, ${seconds} s\n${stdout}${stderr}`);
  }
}
console.log(failed.length === 0 ? 'Check passed.' : `Check failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
