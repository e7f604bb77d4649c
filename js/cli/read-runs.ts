/**
 * The runs of stores.
 *
 * @module
 */
import { SatnmfError } from '../errors.js';
import { readRun, type Run } from '../experiment/run.js';
import { readText } from '../io/text.js';
import { readBytes } from '../node/index.js';

/**
 * All runs of the stores given. A last line without a line end was torn off while it was written: it is left out.
 *
 * @throws {SatnmfError} `bad-file`: no store, or a line that is no run
 */
export async function readRuns(files: readonly string[], signal: AbortSignal): Promise<Run[]> {
  const runs: Run[] = [];
  for (const file of files) {
    const lines = readText(await readBytes(file, { signal }), file).split('\n');
    lines.pop();
    for (const [i, line] of lines.entries()) if (line.trim() !== '') runs.push(readRun(line, file, i + 1));
  }
  if (runs.length === 0)
    throw new SatnmfError('bad-file', `${files.join(', ')}: no run is complete yet`, { expected: 'runs' });
  return runs;
}
