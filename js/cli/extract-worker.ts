/**
 * The thread of `satnmf extract --jobs`: dist/extract-worker.js.
 *
 * @module
 */
import { serveExtraction } from '../node/extract-serve.js';
import { prepareDecoder } from './decoders.js';

serveExtraction(prepareDecoder);
