/**
 * Peers that multiply matrices in JavaScript: TensorFlow.js (wasm), ONNX Runtime Web, onnxruntime-node, ml-matrix.
 */
import type { Absent } from '../harness.js';
import { openMlMatrix } from './ml-matrix.js';
import { openOnnxNode } from './onnx-node.js';
import { openOnnxWeb } from './onnx-web.js';
import type { MatmulPeer } from './product.js';
import { openTfjs } from './tfjs.js';

/** All of them, absent ones by name. */
export async function matmulPeers(): Promise<(MatmulPeer | ({ name: string } & Absent))[]> {
  // The two ONNX runtimes share a registry in which the first to call itself 'cpu' stays: Web must come second.
  const open = {
    'onnxruntime-node': openOnnxNode,
    'ONNX Runtime Web': openOnnxWeb,
    'TensorFlow.js wasm': openTfjs,
    'ml-matrix': openMlMatrix,
  };
  const peers: (MatmulPeer | ({ name: string } & Absent))[] = [];
  for (const [name, opener] of Object.entries(open))
    try {
      const peer = await opener();
      peers.push('absent' in peer ? { name, absent: peer.absent } : peer);
    } catch (error) {
      peers.push({ name, absent: `${name} does not start (${String(error).split('\n')[0]})` });
    }
  return peers;
}
