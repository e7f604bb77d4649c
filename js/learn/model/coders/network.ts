/**
 * Coder `network`: dense layers of logistic units, h ← σ(h W + b). A linear classifier on the codes makes it the
 * network with a softmax on top (js/learn/model/linear-classifier.ts).
 *
 * @module
 */
import { type Layer, outputsOf } from './layers.js';
import { LARGEST_SINGLE } from '../fields.js';
import { halves, readWeights, shortWeights } from './half.js';
import { type CoderKind, tellKind } from './kind.js';

export interface NetworkCoder {
  readonly kind: 'network';
  /** From the features up; each takes what the one before gives. */
  readonly layers: readonly Layer[];
}

/** A coder by its layers. */
export function networkCoder(layers: readonly Layer[]): NetworkCoder {
  tellKind('network', NETWORK);
  return { kind: 'network', layers };
}

const units = ({ b }: Layer): number => b.length;

export const NETWORK: CoderKind<NetworkCoder> = {
  width: ({ layers }) => units(layers[layers.length - 1]),
  apply: (core, { layers }, rows) => outputsOf(core, layers, rows),
  meta: ({ layers }) => ({ units: layers.map(units) }),
  tensors: ({ layers }, name) =>
    layers.flatMap(({ W, b }, l) => [
      { name: `${name}.${l}.W`, shape: [W.length / b.length, b.length], data: shortWeights(W) },
      { name: `${name}.${l}.b`, shape: [b.length], data: b },
    ]),
  read(fields, meta, name, d) {
    const sizes = fields.list<number>(meta, 'units', 'number');
    if (sizes.length < 1 || sizes.length > 16) fields.broken(`"units" of ${name} must name 1 to 16 layers`);
    if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 1 && size <= 65536))
      fields.broken(`"units" of ${name} must be whole numbers from 1 to 65536`);
    const layers = sizes.map((size, l) => ({
      W: readWeights(
        fields,
        `${name}.${l}.W`,
        [l === 0 ? d : sizes[l - 1], size],
        -LARGEST_SINGLE,
        LARGEST_SINGLE,
      ),
      b: readWeights(fields, `${name}.${l}.b`, [size], -LARGEST_SINGLE, LARGEST_SINGLE),
    }));
    return { kind: 'network', layers };
  },
  halved: ({ kind, layers }) => ({ kind, layers: layers.map(({ W, b }) => ({ W: halves(W), b })) }),
};
