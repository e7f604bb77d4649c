import { dirname } from 'node:path';
import type { Absent } from '../harness.js';
import { peerFile, peerPackage } from './package.js';
import type { MatmulPeer } from './product.js';

interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

interface Core {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor2d(data: Float32Array, shape: [number, number]): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
}

interface Backend {
  setWasmPaths(folder: string): void;
  setThreadsCount(count: number): void;
  getThreadsCount(): number;
}

/** TensorFlow.js with its wasm backend (XNNPACK), SIMD, one thread. */
export async function openTfjs(): Promise<MatmulPeer | Absent> {
  const core = peerPackage<Core>('@tensorflow/tfjs-core');
  if ('absent' in core) return core;
  const backend = peerPackage<Backend>('@tensorflow/tfjs-backend-wasm');
  if ('absent' in backend) return backend;
  const tf = core.exports;
  backend.exports.setThreadsCount(1);
  backend.exports.setWasmPaths(
    `${dirname(peerFile('@tensorflow/tfjs-backend-wasm', 'dist', 'tfjs-backend-wasm-simd.wasm'))}/`,
  );
  if (!(await tf.setBackend('wasm'))) return { absent: 'the wasm backend of TensorFlow.js does not start' };
  await tf.ready();
  return {
    name: 'TensorFlow.js wasm',
    version: backend.version,
    product: async (A, B) => {
      const a = tf.tensor2d(A.data, [A.rows, A.cols]);
      const b = tf.tensor2d(B.data, [B.rows, B.cols]);
      return {
        run: () => tf.matMul(a, b).dispose(),
        result: async () => {
          const c = tf.matMul(a, b);
          const values = await c.data();
          c.dispose();
          return values;
        },
        dispose: () => {
          a.dispose();
          b.dispose();
        },
      };
    },
  };
}
