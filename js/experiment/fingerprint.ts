// Fingerprints of data and points: the same content has the same name on every machine.
import type { Corpus } from '../data/index.js';

/** JSON with the keys of every object in the order of their code units, without spaces. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
}

/** SHA-256 of the blocks one after the other, 64 hexadecimal digits. Needs `crypto.subtle`. */
export async function sha256(blocks: readonly (Uint8Array | Float32Array | Float64Array)[]): Promise<string> {
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + block.byteLength, 0));
  let at = 0;
  for (const block of blocks) {
    bytes.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength), at);
    at += block.byteLength;
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Fingerprint of what a result can depend on: features, their names, and speaker and emotion of each row. Not of the
 * corpus's name nor of where its files lay.
 */
export function corpusSha256({ features, columns, speaker, emotion }: Corpus): Promise<string> {
  const about = canonicalJson({ columns, speaker, emotion, rows: features.rows });
  return sha256([new TextEncoder().encode(about), features.data]);
}
