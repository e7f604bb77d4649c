import type { Absent } from '../harness.js';
import { peerPackage } from './package.js';
import type { MatmulPeer } from './product.js';

interface Dense {
  mmul(other: Dense): Dense;
  to1DArray(): number[];
}

interface Package {
  Matrix: { from1DArray(rows: number, columns: number, data: ArrayLike<number>): Dense };
}

/** ml-matrix: plain JavaScript, f64. */
export async function openMlMatrix(): Promise<MatmulPeer | Absent> {
  const found = peerPackage<Package>('ml-matrix');
  if ('absent' in found) return found;
  const { Matrix } = found.exports;
  return {
    name: 'ml-matrix',
    version: found.version,
    product: async (A, B) => {
      const [left, right] = [A, B].map(({ rows, cols, data }) => Matrix.from1DArray(rows, cols, data));
      return {
        run: () => void left.mmul(right),
        result: async () => Float32Array.from(left.mmul(right).to1DArray()),
        dispose: () => {},
      };
    },
  };
}
