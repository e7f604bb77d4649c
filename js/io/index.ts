/**
 * How do bytes become tables, samples and containers, and back? No file system: bytes come in and bytes go out.
 *
 * @module
 */
export { formatArff, parseArff } from './arff.js';
export {
  type Container,
  type Json,
  type Kind,
  readContainer,
  writeContainer,
} from './container/container.js';
export { crc32 } from './container/crc32.js';
export { formatCsv, formatCsvLine, formatRowData, parseCsv, parseRowData, type RowData } from './csv.js';
export { decodeHalf, encodeHalf } from './container/half.js';
export { baseName, LabelRows, type Labels } from './label-rows.js';
export { type NpyArray, readNpy, writeNpy } from './npy.js';
export { packCorpus, PACKING_ERROR, unpackCorpus } from './packed-corpus.js';
export type { TableOptions } from './rows.js';
export { type NamedBytes, type ReadFile, readTable, writeTable } from './table.js';
export { readText } from './text.js';
export { readWav, type WavAudio, type WavFormat, type WavOptions, WavReader } from './wav.js';
