import type { Matrix } from '../../js/data/index.js';
import type { Absent } from '../harness.js';
import { peerPackage } from './package.js';

/** A classifier of libsvm-js. */
interface Svm {
  train(samples: readonly (readonly number[])[], labels: readonly number[]): void;
  predict(samples: readonly (readonly number[])[]): number[];
  free(): void;
}

interface Package {
  new (options: Readonly<Record<string, unknown>>): Svm;
  readonly KERNEL_TYPES: { readonly LINEAR: string };
  readonly SVM_TYPES: { readonly C_SVC: string };
}

/** LIBSVM compiled to wasm: one against one, hinge loss. */
export interface LibsvmPeer {
  readonly version: string;
  /** A linear SVM on some rows. */
  problem(
    rows: Matrix,
    labels: Int32Array,
    settings: { readonly C: number; readonly tolerance: number },
  ): {
    /** Trains; the model of the last time is dropped. */
    run(): void;
    /** Class of each row by the last model. */
    predict(): number[];
  };
}

export async function openLibsvm(): Promise<LibsvmPeer | Absent> {
  const found = peerPackage<Promise<Package>>('libsvm-js');
  if ('absent' in found) return found;
  let SVM: Package;
  try {
    SVM = await found.exports;
  } catch (error) {
    return { absent: `libsvm-js does not start (${String(error).split('\n')[0]})` };
  }
  return {
    version: found.version,
    problem({ rows, cols, data }, labels, { C, tolerance }) {
      // It takes lists of lists; making them is not timed.
      const samples = Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
      const svm = new SVM({
        type: SVM.SVM_TYPES.C_SVC,
        kernel: SVM.KERNEL_TYPES.LINEAR,
        cost: C,
        tolerance,
        quiet: true,
      });
      return {
        run: () => svm.train(samples, [...labels]),
        predict: () => svm.predict(samples),
      };
    },
  };
}
