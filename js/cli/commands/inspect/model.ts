/**
 * What is in a model.
 *
 * @module
 */
import { readContainer } from '../../../io/container.js';
import { codeWidth } from '../../../learn/model/coders/coder.js';
import { prepareDenoisers } from '../../../learn/model/denoiser-models.js';
import { modelParts } from '../../../learn/model/reader.js';
import type { Screen } from '../../screen/screen.js';
import { markdownTable } from '../../../experiment/report/markdown-table.js';

/** What the bytes of a model say; checked as `loadModel` does. */
export function inspectModel(bytes: Uint8Array, file: string) {
  const container = readContainer(bytes, 'model', file);
  prepareDenoisers();
  const parts = modelParts(container, file);
  const meta = container.meta as Readonly<Record<string, unknown>>;
  const { method, options, classes, columns, target, normalizer, trials, iterations, warnings } = parts;
  return {
    kind: 'model' as const,
    file,
    bytes: bytes.length,
    /** Version of the package that wrote it, and SHA-256 of its wasm core. */
    version: String(meta['package']),
    wasmSha256: String(meta['wasm']),
    method,
    options,
    classes,
    features: columns.length,
    /** Utterances that it was fitted to, as the target. */
    targetRows: target.emotions.length,
    /** What normalises new rows, and how many speakers it knows. */
    normalizer: normalizer.kind,
    speakers: normalizer.speakers.length,
    /** Trials that are kept: kind of coder, codes of a row, and share of the target on which each agrees with the vote. */
    trials: trials.map(({ coder, agreement }) => ({ coder: coder.kind, r: codeWidth(coder), agreement })),
    /** Iterations of all trials that were run. */
    iterations,
    warnings,
  };
}

/** Prints what was found for people. */
export function printModel(screen: Screen, found: ReturnType<typeof inspectModel>): void {
  const { trials, iterations, options } = found;
  const rows = [
    ['method', found.method],
    ['emotions', found.classes.join(', ')],
    ['features', String(found.features)],
    ['fitted to', `${found.targetRows} rows`],
    ['normalisation of new rows', `${found.normalizer}, ${found.speakers} speakers known`],
    ...(trials.length > 0
      ? [
          [
            'trials kept',
            `${trials.length} of ${Math.max(trials.length, iterations.length)}, ${trials[0].coder} of rank ${trials[0].r}`,
          ],
          ['agreement with the vote', trials.map(({ agreement }) => agreement.toFixed(3)).join(', ')],
          ['iterations', iterations.join(', ')],
        ]
      : []),
    ['written by', `satnmf ${found.version}, wasm ${found.wasmSha256.slice(0, 12)}…`],
  ];
  screen.print(`${found.file}: a model, ${found.bytes} bytes\n`);
  screen.print(markdownTable([{ head: 'what' }, { head: 'found' }], rows));
  const settings = Object.entries(options).map(([key, value]) => [key, String(value)]);
  screen.print(`\n${markdownTable([{ head: 'option' }, { head: 'value' }], settings)}`);
  if (found.warnings.length > 0)
    screen.print(`\nWarnings of its fit:\n${found.warnings.map((one) => `- ${one}`).join('\n')}`);
}
