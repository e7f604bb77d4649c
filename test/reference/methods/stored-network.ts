/**
 * The stored numbers of the network (test/golden/dbn.json).
 *
 * @module
 */
import { readGolden, stored, type StoredMatrix } from '../golden.js';
import type { DenseLayer } from '../kernels/network.js';

interface StoredLayer {
  readonly W: StoredMatrix;
  readonly b: readonly number[];
}

interface StoredNetwork {
  readonly rbm: {
    readonly W0: StoredMatrix;
    readonly bv0: readonly number[];
    readonly bh0: readonly number[];
    readonly X: StoredMatrix;
    readonly u: readonly StoredMatrix[];
    readonly reconErr: readonly number[];
    readonly snaps: readonly { readonly W: StoredMatrix; readonly bv: number[]; readonly bh: number[] }[];
  };
  readonly net: {
    readonly layers: readonly StoredLayer[];
    readonly head: StoredLayer;
    readonly X: StoredMatrix;
    readonly y: readonly number[];
    readonly wd: number;
    readonly prob: StoredMatrix;
    readonly loss: number;
    readonly grads: readonly StoredLayer[];
    readonly headGrad: StoredLayer;
    readonly gd_lr: number;
    readonly gd_losses: readonly number[];
    readonly final: { readonly layers: readonly StoredLayer[]; readonly head: StoredLayer };
  };
}

export const STORED = readGolden<StoredNetwork>('dbn');

/** Steps of the stored contrastive divergence: its note says so. */
export const settingsOf = (step: number): { rate: number; momentum: number; decay: number } => ({
  rate: 0.1,
  momentum: step < 3 ? 0.5 : 0.9,
  decay: 2e-4,
});

/** Hidden layers and the softmax's as one list. */
export const layersOf = (layers: readonly StoredLayer[], head: StoredLayer): DenseLayer[] =>
  [...layers, head].map(({ W, b }) => ({ W: stored(W), b: [...b] }));
