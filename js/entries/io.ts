/**
 * Files: tables of features (NPY, CSV, ARFF) and the container of models. Bytes in, bytes out.
 *
 * @module
 */
export {
  type Container,
  decodeHalf,
  encodeHalf,
  formatArff,
  formatCsv,
  formatCsvLine,
  formatRowData,
  type Json,
  type Kind,
  type NamedBytes,
  type NpyArray,
  packCorpus,
  PACKING_ERROR,
  parseArff,
  parseCsv,
  parseRowData,
  readContainer,
  type ReadFile,
  readNpy,
  readTable,
  type RowData,
  type TableOptions,
  unpackCorpus,
  writeContainer,
  writeNpy,
  writeTable,
} from '../io/index.js';
