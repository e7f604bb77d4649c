/**
 * `satnmf doctor`: does this machine compute what all others do?
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { arch, platform } from 'node:os';
import { Command } from 'commander';
import { embeddedBytes, load, WASM_SHA256 } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';
import { fixedFitDigest, PUBLISHED_DIGEST } from '../../experiment/digest/index.js';
import { sentenceOf } from '../screen/exit-code.js';
import type { Screen } from '../screen/screen.js';
import { markdownTable } from '../../experiment/report/index.js';

/** Name and version of what runs this: Bun and Deno say that they are Node too. */
function runtimeName(): string {
  const { bun, deno, node } = process.versions as NodeJS.ProcessVersions & { bun?: string; deno?: string };
  if (bun !== undefined) return `Bun ${bun}`;
  return deno !== undefined ? `Deno ${deno}` : `Node ${node}`;
}

/** What can be found out; null where an earlier problem kept it from being found out. */
async function diagnose() {
  const problems: string[] = [];
  const wasmSha256 = createHash('sha256').update(embeddedBytes()).digest('hex');
  const wasmAsBuilt = wasmSha256 === WASM_SHA256;
  if (!wasmAsBuilt) problems.push(`The wasm core is not the one that was built (SHA-256 ${WASM_SHA256}).`);
  let [simd, maxBytes, digest, seconds]: [boolean | null, number | null, string | null, number | null] = [
    null,
    null,
    null,
    null,
  ];
  try {
    const core = await load();
    [simd, maxBytes] = [true, core.maxBytes];
    const began = performance.now();
    digest = (await fixedFitDigest({ core })).digest;
    seconds = (performance.now() - began) / 1000;
    if (digest !== PUBLISHED_DIGEST)
      problems.push(
        'The fixed fit gives other bits than the published ones: please report this with the lines above.',
      );
  } catch (error) {
    if (error instanceof SatnmfError && error.code === 'no-simd') simd = false;
    problems.push(sentenceOf(error) ?? String(error));
  }
  return {
    version: __VERSION__,
    runtime: runtimeName(),
    platform: `${platform()} ${arch()}`,
    simd,
    wasmSha256,
    wasmAsBuilt,
    maxBytes,
    digest,
    publishedDigest: PUBLISHED_DIGEST,
    digestAsPublished: digest === null ? null : digest === PUBLISHED_DIGEST,
    seconds,
    problems,
  };
}

/** `yes` or `no` with what else there is to say; `unknown` where it was not found out. */
const answer = (value: boolean | null): string => (value === null ? 'unknown' : value ? 'yes' : 'no');

const EXAMPLES = `
It fits every kind of method to small corpora that are always the same, and compares all bits of the results
with the published ones.

Examples:
  satnmf doctor
  satnmf doctor --json > doctor.json     to send along with a report
`;

export function doctorCommand(screen: Screen): Command {
  return new Command('doctor')
    .description('check that this runtime computes the same bits as all others')
    .option('--json', 'print one JSON object on stdout, and nothing else there')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json }: { json?: true }) => {
      const found = await diagnose();
      if (json) screen.print(JSON.stringify(found));
      else {
        const { digest, seconds, maxBytes } = found;
        const rows = [
          ['satnmf', found.version],
          ['runtime', `${found.runtime}, ${found.platform}`],
          ['wasm SIMD', answer(found.simd)],
          ['wasm SHA-256', found.wasmSha256],
          ['as built', answer(found.wasmAsBuilt)],
          ['memory cap', maxBytes === null ? 'unknown' : `${Math.round(maxBytes / 2 ** 20)} MiB`],
          ['fixed fit', digest === null ? 'failed' : `${digest} (${(seconds as number).toFixed(1)} s)`],
          ['as published', answer(found.digestAsPublished)],
        ];
        screen.print(markdownTable([{ head: 'what' }, { head: 'found' }], rows));
        const healthy = found.problems.length === 0;
        screen.print(healthy ? `\n${screen.styled('green', 'All is well.')}` : '');
      }
      for (const sentence of found.problems) screen.fail(sentence);
      if (found.problems.length > 0) screen.partly();
    });
}
