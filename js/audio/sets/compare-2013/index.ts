/**
 * How does a signal become the features of ComParE 2013? All at once with extract(), or piece by piece with an
 * Extractor.
 *
 * @module
 */
export { extract, type Extraction, type ExtractOptions } from './extract.js';
export { Extractor, type ExtractorOptions, openExtractor, type Rows } from './extractor.js';
export { lldNames } from './lld-names.js';
