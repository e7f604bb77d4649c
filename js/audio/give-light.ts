/**
 * Gives the compare.wasm that edge-light runtimes compile: Next.js and Vercel know it by `?module`.
 *
 * @module
 */
import module from '../../build/compare.wasm?module';
import { give } from './module.given.js';

give(async () => module);
