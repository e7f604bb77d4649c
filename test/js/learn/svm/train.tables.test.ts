import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideGram } from '../../../../js/learn/svm/decide.js';
import { predictClasses, trainLinearSvm } from '../../../../js/learn/svm/index.js';
import { shuffler } from './svm-problem.js';
import { SHARED } from '../../../shared.js';

const shared = SHARED;
const tables = join(shared, 'data', 'tables');
const absent = ['emodb', 'urdu'].filter((name) => !existsSync(join(tables, `${name}.npy`)));

/** Emotions that both corpora have, ascending. */
const EMOTIONS = ['anger', 'happiness', 'neutral', 'sadness'];
/** Columns of a block of the products below. */
const BLOCK = 256;

interface Table {
  readonly n: number;
  readonly d: number;
  readonly rows: Float64Array;
  readonly labels: Int32Array;
}

/** The rows of the common emotions, each feature scaled to [0, 1] over them. */
function readTable(name: string): Table {
  const bytes = readFileSync(join(tables, `${name}.npy`));
  const header = bytes.toString('latin1', 10, 10 + bytes.readUInt16LE(8));
  const [, all, d] =
    /'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)/.exec(header)?.map(Number) ?? [];
  const values = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + 10 + header.length, bytes.byteOffset + bytes.length),
  );
  expect(values.length).toBe(all * d);
  const [names, ...lines] = readFileSync(join(tables, `${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const column = names.split(',').indexOf('emotion');
  const found = lines.map((line) => EMOTIONS.indexOf(line.split(',')[column]));
  expect(found.length).toBe(all);
  const keep = found.flatMap((label, i) => (label < 0 ? [] : [i]));
  const n = keep.length;
  const rows = new Float64Array(n * d);
  for (let f = 0; f < d; f++) {
    let low = Infinity,
      high = -Infinity;
    for (const i of keep) {
      low = Math.min(low, values[i * d + f]);
      high = Math.max(high, values[i * d + f]);
    }
    if (high > low) keep.forEach((i, at) => (rows[at * d + f] = (values[i * d + f] - low) / (high - low)));
  }
  return { n, d, rows, labels: Int32Array.from(keep, (i) => found[i]) };
}

/** A Bᵀ: b is transposed block by block, and rows of the product grow by whole rows of the block. */
function products(a: Table, b: Table): Float64Array {
  const { d } = a;
  const K = new Float64Array(a.n * b.n);
  const block = new Float64Array(BLOCK * b.n);
  const symmetric = a === b;
  for (let from = 0; from < d; from += BLOCK) {
    const width = Math.min(BLOCK, d - from);
    block.fill(0);
    for (let j = 0; j < b.n; j++)
      for (let f = 0; f < width; f++) block[f * b.n + j] = b.rows[j * d + from + f];
    for (let i = 0; i < a.n; i++) {
      const row = new Float64Array(BLOCK);
      row.set(a.rows.subarray(i * d + from, i * d + from + width));
      addRow(K, i * b.n, row, block, b.n, symmetric ? i + 1 : b.n);
    }
  }
  if (symmetric) for (let i = 0; i < a.n; i++) for (let j = 0; j < i; j++) K[j * a.n + i] = K[i * a.n + j];
  return K;
}

/** K[at + j] += Σ_f row[f]·block[f, j] for j < count, four features at a time. */
function addRow(
  K: Float64Array,
  at: number,
  row: Float64Array,
  block: Float64Array,
  n: number,
  count: number,
): void {
  for (let f = 0; f < BLOCK; f += 4) {
    const [x0, x1, x2, x3] = [row[f], row[f + 1], row[f + 2], row[f + 3]];
    const [b0, b1, b2, b3] = [f * n, (f + 1) * n, (f + 2) * n, (f + 3) * n];
    for (let j = 0; j < count; j++)
      K[at + j] += x0 * block[b0 + j] + x1 * block[b1 + j] + x2 * block[b2 + j] + x3 * block[b3 + j];
  }
}

function recallsOf(truth: Int32Array, predicted: Int32Array): { uar: number; war: number } {
  const seen = new Float64Array(EMOTIONS.length);
  const right = new Float64Array(EMOTIONS.length);
  truth.forEach((label, i) => {
    seen[label]++;
    if (predicted[i] === label) right[label]++;
  });
  return {
    uar: (100 * right.reduce((sum, hits, k) => sum + hits / seen[k], 0)) / EMOTIONS.length,
    war: (100 * right.reduce((a, b) => a + b, 0)) / truth.length,
  };
}

describe(
  absent.length > 0
    ? `the base SVM on real corpora (skipped: no table of ${absent.join(', ')} in SATNMF_SHARED)`
    : 'the base SVM on real corpora',
  () => {
    it.skipIf(absent.length > 0)('has the known UAR and WAR from EmoDB to URDU and back', () => {
      const [emodb, urdu] = [readTable('emodb'), readTable('urdu')];
      expect([emodb.n, urdu.n]).toEqual([339, 400]);
      const cross = products(urdu, emodb);
      const transposed = Float64Array.from(
        { length: cross.length },
        (_, at) => cross[(at % 400) * 339 + Math.floor(at / 400)],
      );
      for (const [source, target, between, uar, war] of [
        [emodb, urdu, cross, 46.5, 46.5],
        [urdu, emodb, transposed, 55.2, 60.8],
      ] as const) {
        const gram = products(source, source);
        const { labels } = source;
        const svm = trainLinearSvm(
          { gram, labels, classes: 4 },
          { scheme: 'ovr-l2', C: 0.001, bias: 1 },
          shuffler(),
        );
        expect(svm.converged).toBe(true);
        const found = recallsOf(target.labels, predictClasses(decideGram(svm, between)));
        expect(Math.abs(found.uar - uar)).toBeLessThan(0.5);
        expect(Math.abs(found.war - war)).toBeLessThan(0.5);
      }
    });
  },
);
