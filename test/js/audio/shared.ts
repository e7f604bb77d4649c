/**
 * The reference data beside the project: levels of every stage for 24 signals, and corpus tables. Where
 * they are absent, tests that need them say so and are skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '../../../js/entries/io.js';
import { SHARED } from '../../shared.js';

const shared = SHARED;

export const sharedFile = (...parts: string[]): string => join(shared, ...parts);

/** Whether `parts` exist in the shared folder; if not, the log says what is not tested. */
export function haveShared(what: string, ...parts: string[]): boolean {
  const there = existsSync(sharedFile(...parts));
  if (!there)
    console.warn(`${what}: skipped, ${parts.join('/')} is absent (SATNMF_SHARED names the folder).`);
  return there;
}

interface Level {
  rows: number;
  cols: number;
}

/** One reference signal. */
export interface Reference {
  readonly name: string;
  has(level: string): boolean;
  /** `rows x cols`, row-major. */
  level(level: string): Float32Array;
  wav(): Uint8Array;
}

export function references(): Reference[] {
  const manifest = JSON.parse(readFileSync(sharedFile('reference', 'manifest.json'), 'utf8')) as Record<
    string,
    Record<string, Level>
  >;
  return Object.entries(manifest).map(([name, levels]) => ({
    name,
    has: (level) => level in levels,
    level: (level) => {
      const bytes = readFileSync(sharedFile('reference', name, `${level}.f32`));
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    },
    wav: () => readFileSync(sharedFile('reference', 'wav', `${name}.wav`)),
  }));
}

/** A corpus table of the reference program. */
export interface CorpusTable {
  readonly files: string[];
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

export function corpusTable(name: string): CorpusTable {
  const lines = readFileSync(sharedFile('data', 'tables', `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const { shape, data } = readNpy(readFileSync(sharedFile('data', 'tables', `${name}.npy`)), name);
  return {
    files: lines.slice(1).map((line) => line.split(',')[0]),
    rows: shape[0],
    cols: shape[1],
    data: Float32Array.from(data),
  };
}

/** Relative difference; absolute ones below 1e-9 do not count. */
export function relativeError(value: number, reference: number): number {
  const difference = Math.abs(value - reference);
  return difference < 1e-9 ? 0 : difference / Math.abs(reference);
}
