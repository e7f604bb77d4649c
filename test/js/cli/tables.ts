/**
 * Small tables in a folder of their own.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedCore } from '../../../js/core/load.js';
import type { Corpus } from '../../../js/data/corpus.js';
import { syntheticPair } from '../../../js/experiment/synthetic.js';
import { writeTable } from '../../../js/entries/io.js';

/** A folder that is gone after the tests of the file. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'satnmf-cli-'));

  at(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.at(name), content);
    return this.at(name);
  }

  writeTable(name: string, table: Corpus): string {
    for (const file of writeTable(table, name)) this.write(file.name, file.bytes);
    return this.at(name);
  }

  /** Names of all files, hidden ones too. */
  list(): string[] {
    return readdirSync(this.path).sort();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Two corpora of four emotions that are fitted in no time: 48 and 44 rows of 24 features. */
export async function smallPair(): Promise<{ source: Corpus; target: Corpus }> {
  const sizes = { features: 24, sourceRows: 48, targetRows: 44, sourceSpeakers: 3, targetSpeakers: 2 };
  return syntheticPair(await sharedCore(), sizes);
}

/** Options that make SATNMF quick on it. */
export const FEW = ['--trials', '2', '--set', 'r=4', '--set', 'maxIterations=12'];
/** The same for satnmf. */
export const QUICK = ['--method', 'satnmf', ...FEW];
