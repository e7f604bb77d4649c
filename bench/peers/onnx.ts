/**
 * What ONNX Runtime's two packages have in common.
 */
import { matmulModel } from './onnx-model.js';
import type { MatmulPeer } from './product.js';

interface Tensor {
  readonly data: Float32Array;
}

/** The part of onnxruntime-common that is used. */
export interface OnnxRuntime {
  env: { wasm: { numThreads?: number; wasmPaths?: string }; logLevel?: string };
  Tensor: new (type: 'float32', data: Float32Array, shape: number[]) => Tensor;
  InferenceSession: {
    create(
      model: Uint8Array,
      options: Record<string, unknown>,
    ): Promise<{
      run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
      release(): Promise<void>;
    }>;
  };
}

/** Products by sessions of one MatMul node each. */
export function onnxPeer(
  name: string,
  version: string,
  { Tensor, InferenceSession }: OnnxRuntime,
  options: Record<string, unknown>,
): MatmulPeer {
  return {
    name,
    version,
    product: async (A, B) => {
      const session = await InferenceSession.create(matmulModel(A.rows, A.cols, B.cols), options);
      const feeds = {
        A: new Tensor('float32', A.data, [A.rows, A.cols]),
        B: new Tensor('float32', B.data, [B.rows, B.cols]),
      };
      return {
        run: async () => void (await session.run(feeds)),
        result: async () => (await session.run(feeds))['C'].data,
        dispose: () => void session.release(),
      };
    },
  };
}
