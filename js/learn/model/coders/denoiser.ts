/**
 * Coder `denoiser`: marginalised denoising layers, [x; h1; …; hL] of each row.
 *
 * What is kept is the data that the layers were fitted to (both corpora, scaled): the layers follow from it, with
 * the same bits wherever that is done. A loaded model does it at its first prediction, which takes as long as the
 * fit did; it is a tenth of what the layers would take.
 *
 * @module
 */
import type { Core } from '../../../core/index.js';
import { type FeatureRows, featureRows } from '../../../core/samples/index.js';
import type { Matrix } from '../../../data/index.js';
import { denoise, type DenoisingLayer, mapThrough } from './denoising.js';
import { LARGEST_SINGLE } from '../fields.js';
import { halves, readWeights, shortWeights } from './half.js';
import { type CoderKind, tellKind } from './kind.js';

export interface DenoiserCoder {
  readonly kind: 'denoiser';
  /** Scaled features of both corpora. */
  readonly inputs: FeatureRows;
  /** Probability of corruption, in (0, 1). */
  readonly p: number;
  readonly ridge: number;
  /** Number of layers. */
  readonly layers: number;
  /** Whether the codes begin with the features themselves. */
  readonly includeInput: boolean;
}

/** Utterances that are mapped at once: bounds the memory, changes no bit. */
const CHUNK = 256;

const fitted = new WeakMap<DenoiserCoder, readonly DenoisingLayer[]>();

/** A coder whose layers were fitted already. */
export function denoiserCoder(
  parts: Omit<DenoiserCoder, 'kind'>,
  layers: readonly DenoisingLayer[],
): DenoiserCoder {
  tellKind('denoiser', DENOISER);
  const coder = { kind: 'denoiser', ...parts } as const;
  fitted.set(coder, layers);
  return coder;
}

/** The layers of a coder: those of its fit, or fitted anew. */
function layersOf(core: Core, coder: DenoiserCoder): readonly DenoisingLayer[] {
  const known = fitted.get(coder);
  if (known !== undefined) return known;
  const layers: DenoisingLayer[] = [];
  let inputs = coder.inputs;
  for (let l = 0; l < coder.layers; l++)
    core.scoped(() => {
      const steps = denoise(core, inputs, coder);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      layers.push(step.value.layer);
      inputs = step.value.outputs;
    });
  fitted.set(coder, layers);
  return layers;
}

const width = ({ inputs, layers, includeInput }: DenoiserCoder): number =>
  inputs.d * (layers + (includeInput ? 1 : 0));

export const DENOISER: CoderKind<DenoiserCoder> = {
  width,
  apply(core, coder, rows) {
    const { inputs, includeInput } = coder;
    const layers = layersOf(core, coder);
    const { d } = inputs;
    const cols = width(coder);
    const data = new Float32Array(rows.rows * cols);
    for (let i = 0; i < rows.rows; i += CHUNK) {
      const count = Math.min(CHUNK, rows.rows - i);
      const part: Matrix = { rows: count, cols: d, data: rows.data.subarray(i * d, (i + count) * d) };
      let h = featureRows([part]);
      let first = 0;
      const put = (): void => {
        for (let f = 0; f < d; f++)
          for (let j = 0; j < count; j++) data[(i + j) * cols + first + f] = h.data[f * count + j];
        first += d;
      };
      if (includeInput) put();
      for (const layer of layers) {
        h = mapThrough(core, layer, h);
        put();
      }
    }
    return { rows: rows.rows, cols, data };
  },
  meta: ({ inputs, p, ridge, layers, includeInput }) => ({ rows: inputs.N, p, ridge, layers, includeInput }),
  tensors: ({ inputs: { d, N, data } }, name) => [
    { name: `${name}.X`, shape: [d, N], data: shortWeights(data) },
  ],
  read(fields, meta, name, d) {
    const N = fields.size(meta, 'rows', 16384);
    const layers = fields.size(meta, 'layers', 16);
    if (N < 1 || layers < 1) fields.broken(`the denoiser of ${name} is empty`);
    const p = fields.within(meta, 'p', 1e-6, 1 - 1e-6);
    const ridge = fields.within(meta, 'ridge', 0, 1e12);
    const data = readWeights(fields, `${name}.X`, [d, N], -LARGEST_SINGLE, LARGEST_SINGLE);
    const includeInput = fields.flag(meta, 'includeInput');
    return { kind: 'denoiser', inputs: { d, N, data }, p, ridge, layers, includeInput };
  },
  halved: (coder) => ({ ...coder, inputs: { ...coder.inputs, data: halves(coder.inputs.data) } }),
};
