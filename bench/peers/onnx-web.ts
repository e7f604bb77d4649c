import type { Absent } from '../harness.js';
import { onnxPeer, type OnnxRuntime } from './onnx.js';
import { peerPackage } from './package.js';
import type { MatmulPeer } from './product.js';

/** ONNX Runtime Web: MLAS in wasm SIMD, one thread. Its run copies both operands into wasm memory. */
export async function openOnnxWeb(): Promise<MatmulPeer | Absent> {
  const found = peerPackage<OnnxRuntime>('onnxruntime-web');
  if ('absent' in found) return found;
  found.exports.env.wasm.numThreads = 1;
  return onnxPeer('ONNX Runtime Web', found.version, found.exports, { executionProviders: ['wasm'] });
}
