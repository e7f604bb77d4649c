/**
 * Files of tables and models, for runtimes that have `node:fs`: Node, Deno, Bun.
 *
 * @module
 */
export {
  checkOutput,
  filesOfTable,
  isSameFile,
  loadModelFile,
  loadWide,
  readBytes,
  type ReadOptions,
  readTableFile,
  saveModelFile,
  writeFiles,
  type WriteOptions,
  writeTableFile,
} from '../outside/node/index.js';
