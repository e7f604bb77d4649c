// How do tables, models, recordings and runs become files? Files are written whole or not at all, stores only grow.
// Uses Node's own modules.
export { type AudioFile, findAudioFiles, isAudioInput, isFolder } from './audio-files.js';
export { fetchCorpus, keepCorpus } from './corpus-store.js';
export { cacheFolder, type FileFeatures, type Level } from './extract/cache.js';
export type { FileResult, FileTask } from './extract/file.js';
export { EXTRACTION, extractJobs } from './extract/jobs.js';
export { extractFiles } from './extract/pool.js';
export {
  checkOutput,
  filesOfTable,
  isSameFile,
  readBytes,
  type ReadOptions,
  readTableFile,
  textFile,
  writeFiles,
  type WriteOptions,
  writeTableFile,
} from './files.js';
export { loadModelFile, saveModelFile } from './models.js';
export { recogniseFolder, whyUnreadable } from './recordings.js';
export { readRunStore, readRunStores, RunStore } from './run-store.js';
export { MOST_THREADS, startThreads, withThreads } from './threads.js';
export { loadWeightsFile, researchWeights } from './weights.js';
export { loadWide } from './wide.js';
