/**
 * Results as bits: equal strings, equal bits.
 */
import type { Classification, Corpus, Matrix, Model } from 'satnmf';
import { ensure } from './check.js';

/** Two FNV-1a sums over the bytes, from different starts: 64 bits in hexadecimal. */
export function bitsOf(...parts: readonly (ArrayBufferView | readonly string[])[]): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  const take = (byte: number): void => {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x01000193) ^ (a >>> 15);
  };
  for (const part of parts) {
    const bytes = ArrayBuffer.isView(part)
      ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
      : new TextEncoder().encode(JSON.stringify(part));
    for (const byte of bytes) take(byte);
    take(bytes.length & 255);
  }
  return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

export function classificationBits({
  emotions,
  confidence,
  probabilities,
  shares,
  margins,
}: Classification): string {
  return bitsOf(emotions, confidence, probabilities, shares, margins);
}

/** Everything that a model says: of its target, and of new recordings. */
export function modelBits(model: Model, fresh: Matrix): string {
  const codes = model.transform(fresh).data;
  return `${classificationBits(model.classify())} ${classificationBits(model.classify(fresh))} ${bitsOf(codes)}`;
}

export function corpusBits(corpus: Corpus): string {
  const { name, features, columns, file, speaker, emotion, extra } = corpus;
  const words = [name, ...columns, ...[file, speaker, emotion, ...Object.values(extra)].flat().map(String)];
  return bitsOf(features.data, words);
}

/**
 * What every answer must be: known classes, finite numbers, shares that sum to 1 (architecture.md, One contract for
 * all methods).
 */
export function ensureSound(
  said: Classification,
  classes: readonly string[],
  rows: number,
  what: string,
): void {
  const c = classes.length;
  const { emotions, confidence, probabilities, shares, margins } = said;
  ensure(
    classes.every((word, k) => k === 0 || classes[k - 1] < word),
    `${what}: classes are not ascending`,
  );
  ensure(emotions.length === rows, `${what}: ${emotions.length} emotions for ${rows} rows`);
  ensure(confidence.length === rows, `${what}: ${confidence.length} confidences for ${rows} rows`);
  ensure(shares.length === rows * c && margins.length === rows * c, `${what}: shares or margins are cut`);
  ensure(margins.every(Number.isFinite), `${what}: a margin is not finite`);
  for (let i = 0; i < rows; i++) {
    ensure(classes.includes(emotions[i]), `${what}: row ${i} has the unknown class ${emotions[i]}`);
    ensure(confidence[i] >= 0 && confidence[i] <= 1, `${what}: row ${i} has confidence ${confidence[i]}`);
    const sure = probabilities.subarray(i * c, (i + 1) * c);
    ensure(Math.abs(sure.reduce((all, one) => all + one, 0) - 1) < 1e-12, `${what}: row ${i}: probabilities`);
    ensure(confidence[i] === sure[classes.indexOf(emotions[i])], `${what}: row ${i}: another confidence`);
    const own = Array.from(shares.subarray(i * c, (i + 1) * c));
    const sum = own.reduce((total, share) => total + share, 0);
    ensure(Math.abs(sum - 1) < 1e-12, `${what}: the shares of row ${i} sum to ${sum}`);
    ensure(
      own.every((share) => share >= 0 && share <= 1),
      `${what}: row ${i} has shares ${own.join(', ')}`,
    );
  }
}

/** {@link ensureSound} for a model, of its target and of new recordings. */
export function ensureSoundModel(model: Model, rows: number, fresh: Matrix | null, what: string): void {
  const { classes } = model;
  ensureSound(model.classify(), classes, rows, what);
  if (fresh === null) return;
  ensureSound(model.classify(fresh), classes, fresh.rows, `${what}, new recordings`);
  const codes = model.transform(fresh);
  ensure(
    codes.data.length === codes.rows * codes.cols && codes.rows === fresh.rows,
    `${what}: codes are cut`,
  );
  ensure(codes.data.every(Number.isFinite), `${what}: a code is not finite`);
}
