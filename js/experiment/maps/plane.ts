// A map of rows: the plane of their two leading principal components.
import type { Core } from '../../core/index.js';
import {
  eigenBytes,
  mirror,
  multiply,
  multiplyBytes,
  symmetricEigen,
  transposed,
  wide,
  wideBytes,
  wideValues,
} from '../../core/dense/index.js';
import type { Matrix } from '../../data/index.js';

export interface Plane {
  /** Along the first and the second component; what is equal has equal places. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Shares of the variance that they have, in [0, 1]; 0 where there is none. */
  readonly shares: readonly [number, number];
}

/**
 * Principal components of the rows about their mean, by the eigenvectors of their inner products: the entry of
 * largest size of each is positive, so that a map is not mirrored by chance. Float64; cost N²d.
 * @param rows N x d, N ≥ 2
 * @throws {SatnmfError} `too-large`
 */
export function planeOf(core: Core, features: Matrix): Plane {
  const { rows: N, cols: d, data } = features;
  const bytes = wideBytes(N, d) + wideBytes(N, N) + multiplyBytes(core, N, d) + eigenBytes(core, N, 2);
  core.reserve(bytes, 'This map');
  return core.scoped(() => {
    const centred = wide(core, N, d, data);
    const values = wideValues(core, centred);
    for (let j = 0; j < d; j++) {
      let mean = 0;
      for (let i = 0; i < N; i++) mean += data[i * d + j] / N;
      for (let i = 0; i < N; i++) values[i * d + j] -= mean;
    }
    const gram = wide(core, N, N);
    multiply(core, gram, centred, transposed(centred), { lower: true });
    mirror(core, gram);
    const products = wideValues(core, gram);
    let total = 0;
    for (let i = 0; i < N; i++) total += products[i * N + i];
    const { values: variances, vectors } = symmetricEigen(core, gram, 2);
    const directions = wideValues(core, vectors);
    const [x, y] = [0, 1].map((k) => {
      const length = Math.sqrt(Math.max(0, variances[k]));
      return directions.slice(k * N, (k + 1) * N).map((entry) => entry * length);
    });
    const share = (k: number): number => (total > 0 ? Math.max(0, variances[k]) / total : 0);
    return { x, y, shares: [share(0), share(1)] };
  });
}
