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
} from '../outside/node/files.js';
export { loadModelFile, saveModelFile } from '../outside/node/models.js';
export { loadWide } from '../outside/node/wide.js';
