/**
 * The thread of `satnmf extract --jobs`: dist/extract-worker.js.
 *
 * @module
 */
import { EXTRACTION, extractJobs } from '../outside/node/index.js';
import { portOfThread, serve, type Worker } from '../outside/worker/index.js';

serve(await portOfThread(), { [EXTRACTION.name]: extractJobs as Worker });
