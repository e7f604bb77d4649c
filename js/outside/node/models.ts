// Files of models.
import { loadModel, type LoadModelOptions } from '../../learn/model/index.js';
import type { Model } from '../../contract/index.js';
import { readBytes, type ReadOptions, writeFiles, type WriteOptions } from './files.js';

/**
 * A model from its file.
 * @throws {SatnmfError} `bad-file` if it is not there or no satnmf file, `bad-model`, `wrong-version`
 *
 * @example
 * const model = await loadModelFile('recordings.satnmf');
 * model.predict(rows);
 */
export async function loadModelFile(
  file: string,
  options: Omit<LoadModelOptions, 'file'> & ReadOptions = {},
): Promise<Model> {
  const { signal, ...where } = options;
  return loadModel(await readBytes(file, signal && { signal }), { ...where, file });
}

/**
 * Writes a model; `compact(model)` first makes it smaller.
 * @throws {SatnmfError} as `writeFiles` does
 */
export async function saveModelFile(model: Model, file: string, options: WriteOptions = {}): Promise<void> {
  await writeFiles([{ name: file, bytes: model.toBytes() }], options);
}
