/**
 * A model as bytes: data only, in the container of js/io/container.ts.
 *
 * @module
 */
import { WASM_SHA256 } from '../../core/index.js';
import { shortColumns, type Tensor } from '../../data/index.js';
import { normalizerTensors } from '../../data/scaling/index.js';
import { crc32, type Json, writeContainer } from '../../io/index.js';
import { coderMeta, coderTensors } from './coders/coder.js';
import type { LinearSvm } from '../svm/index.js';
import type { ModelParts } from './parts.js';

/** Checksum of feature names: equal names, equal number. */
export function namesHash(columns: readonly string[]): number {
  return crc32(new TextEncoder().encode(columns.join('\n')));
}

/** Float32 where that loses nothing. */
function shortest(data: Float64Array): Float32Array | Float64Array {
  const short = Float32Array.from(data);
  return data.every((value, i) => value === short[i]) ? short : data;
}

function svmMeta(svm: LinearSvm): { [key: string]: Json } {
  const { scheme, C, bias, classes, inputs, outputs, converged } = svm;
  const lists = { present: [...svm.present], positive: [...svm.positive], negative: [...svm.negative] };
  return { scheme, C, bias, classes, inputs, outputs, converged, ...lists };
}

function svmTensors(name: string, svm: LinearSvm): Tensor[] {
  return [
    { name: `${name}.vectors`, shape: [svm.outputs, svm.inputs], data: shortest(svm.vectors) },
    { name: `${name}.intercepts`, shape: [svm.outputs], data: svm.intercepts },
  ];
}

/** The bytes of a model. */
export function modelBytes(parts: ModelParts): Uint8Array {
  const { classes, columns, target, trials } = parts;
  const normalizer = normalizerTensors(parts.normalizer);
  const m = target.emotions.length;
  const c = classes.length;
  const meta = {
    package: __VERSION__,
    wasm: WASM_SHA256,
    method: parts.method,
    options: parts.options as { [key: string]: Json },
    classes,
    columns: shortColumns(columns),
    columnsHash: namesHash(columns),
    warnings: parts.warnings,
    iterations: parts.iterations,
    vote: parts.vote,
    ...(parts.fusion === 0 ? {} : { fusion: parts.fusion }),
    sharpness: parts.sharpness,
    ...(parts.explanation.length === 0 ? {} : { explanation: parts.explanation }),
    normalizer: { ...normalizer.meta },
    base: svmMeta(parts.base),
    trials: trials.map(({ coder, scale, agreement, svm }) => ({
      ...coderMeta(coder),
      scale,
      agreement,
      svm: svmMeta(svm),
    })),
    ...(parts.transductive ? { transductive: true } : {}),
  };
  const tensors: Tensor[] = [
    ...normalizer.tensors,
    ...svmTensors('base', parts.base),
    ...trials.flatMap(({ coder, svm }, t) => [
      ...coderTensors(coder, `trial.${t}`),
      ...svmTensors(`trial.${t}.svm`, svm),
    ]),
    {
      name: 'target.class',
      shape: [m],
      data: Int32Array.from(target.emotions, (emotion) => classes.indexOf(emotion)),
    },
    { name: 'target.shares', shape: [m, c], data: target.shares },
    { name: 'target.margins', shape: [m, c], data: target.margins },
  ];
  return writeContainer({ kind: 'model', meta, tensors });
}
