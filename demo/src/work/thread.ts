/**
 * The script of a thread of the pool: features of files, and trials of fits.
 *
 * @module
 */
import { load } from 'satnmf';
import { FIT } from '../../../js/learn/nmf/index.js';
import { serveKinds } from '../../../js/outside/worker/index.js';
import { EXTRACT } from './extraction.js';

await serveKinds(load, [FIT, EXTRACT]);
