import type { Absent } from '../harness.js';
import { onnxPeer, type OnnxRuntime } from './onnx.js';
import { peerPackage } from './package.js';
import type { MatmulPeer } from './product.js';

/** onnxruntime-node: MLAS compiled for the machine, one thread. */
export async function openOnnxNode(): Promise<MatmulPeer | Absent> {
  const found = peerPackage<OnnxRuntime>('onnxruntime-node');
  if ('absent' in found) return found;
  return onnxPeer('onnxruntime-node', found.version, found.exports, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
}
