/**
 * Files: tables of features (NPY, CSV, ARFF) and the container of models. Bytes in, bytes out.
 *
 * @module
 */
export { formatArff, parseArff } from './arff.js';
export { type Container, type Json, type Kind, readContainer, writeContainer } from './container.js';
export { formatCsv, formatCsvLine, formatRowData, parseCsv, parseRowData, type RowData } from './csv.js';
export { decodeHalf, encodeHalf } from './half.js';
export { packCorpus, PACKING_ERROR, unpackCorpus } from './packed-corpus.js';
export { type NpyArray, readNpy, writeNpy } from './npy.js';
export { type TableOptions } from './rows.js';
export { type NamedBytes, type ReadFile, readTable, writeTable } from './table.js';
