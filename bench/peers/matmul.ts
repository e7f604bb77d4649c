/**
 * Peers that multiply matrices in JavaScript: TensorFlow.js (wasm), ONNX Runtime Web, onnxruntime-node, ml-matrix.
 */
import type { Matrix } from '../../js/data/matrix.js';
import type { Absent } from '../harness.js';
import { openMlMatrix } from './ml-matrix.js';
import { openOnnxNode } from './onnx-node.js';
import { openOnnxWeb } from './onnx-web.js';
import { openTfjs } from './tfjs.js';

/** A product A B with both operands where the peer wants them. One thread. */
export interface Product {
  /** Multiplies; its result is dropped. */
  run(): void | Promise<void>;
  /** The product, M x N row by row, to see that the peer did what was asked. */
  result(): Promise<Float32Array>;
  dispose(): void;
}

export interface MatmulPeer {
  readonly name: string;
  readonly version: string;
  /** Prepares C = A B: A is M x K, B is K x N. Loading the operands is not what is measured. */
  product(A: Matrix, B: Matrix): Promise<Product>;
}

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
