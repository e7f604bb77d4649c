/**
 * A peer that multiplies matrices, whichever library it is.
 */
import type { Matrix } from '../../js/data/index.js';

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
