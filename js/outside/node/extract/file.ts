// Features of one audio file, from a cache if they are there.
import { extract, lldNames } from '../../../audio/sets/compare-2013/index.js';
import { COMPARE_WIDTH } from '../../../data/index.js';
import { cachePlace, type FileFeatures, type Level, readCached } from './cache.js';
import { prepareDecoder } from '../decoders.js';
import { readBytes } from '../files.js';

export interface FileTask {
  readonly path: string;
  readonly level: Level;
  /** Folder of the cache; null: none. */
  readonly cache: string | null;
}

export interface FileResult {
  readonly features: FileFeatures;
  /** Where the features belong in the cache, if they are not there yet. */
  readonly place: string | null;
  readonly cached: boolean;
}

export const widthOf = (level: Level): number => (level === 'lld' ? lldNames().length : COMPARE_WIDTH);

/**
 * The features of a file. Nothing is written.
 * @throws {SatnmfError} as `extract` does: each error names the file
 */
export async function extractFile(
  { path, level, cache }: FileTask,
  module: WebAssembly.Module,
): Promise<FileResult> {
  const bytes = await readBytes(path);
  const place = cache === null ? null : cachePlace(cache, bytes, level);
  if (place !== null) {
    const kept = await readCached(place, widthOf(level));
    if (kept !== null) return { features: kept, place: null, cached: true };
  }
  await prepareDecoder(bytes, path);
  const { features, seconds, remarks, warnings } = await extract(bytes, { file: path, level, module });
  const said = warnings.map((text) => (text.startsWith(`${path}: `) ? text.slice(path.length + 2) : text));
  return {
    features: { rows: features.rows, data: features.data, seconds, remarks, warnings: said },
    place,
    cached: false,
  };
}
