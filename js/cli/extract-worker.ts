/**
 * The thread of `satnmf extract --jobs`: dist/extract-worker.js.
 *
 * @module
 */
import { serveExtraction } from '../outside/node/extract/serve.js';
import { prepareDecoder } from './input/decoders.js';

serveExtraction(prepareDecoder);
