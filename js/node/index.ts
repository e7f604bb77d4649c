/**
 * Files of tables and models, for runtimes that have `node:fs`: Node, Deno, Bun.
 *
 * @module
 */
export {
  checkOutput,
  filesOfTable,
  isSameFile,
  readBytes,
  type ReadOptions,
  readTableFile,
  writeFiles,
  type WriteOptions,
  writeTableFile,
} from './files.js';
export { loadModelFile, saveModelFile } from './models.js';
export { loadWide } from './wide.js';
