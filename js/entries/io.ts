/**
 * Files: tables of features (NPY, CSV, ARFF) and the container of models. Bytes in, bytes out.
 *
 * @module
 */
export { formatArff, parseArff } from '../io/arff.js';
export { type Container, type Json, type Kind, readContainer, writeContainer } from '../io/container.js';
export { formatCsv, formatCsvLine, formatRowData, parseCsv, parseRowData, type RowData } from '../io/csv.js';
export { decodeHalf, encodeHalf } from '../io/half.js';
export { packCorpus, PACKING_ERROR, unpackCorpus } from '../io/packed-corpus.js';
export { type NpyArray, readNpy, writeNpy } from '../io/npy.js';
export { type TableOptions } from '../io/rows.js';
export { type NamedBytes, type ReadFile, readTable, writeTable } from '../io/table.js';
