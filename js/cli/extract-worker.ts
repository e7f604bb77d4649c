/**
 * The thread of `satnmf extract --jobs`: dist/extract-worker.js.
 *
 * @module
 */
import { EXTRACTION, extractJobs } from '../outside/node/extract/jobs.js';
import { portOfThread } from '../outside/worker/port.js';
import { serve, type Worker } from '../outside/worker/serve.js';

serve(await portOfThread(), { [EXTRACTION.name]: extractJobs as Worker });
