/**
 * Back from bytes to a model.
 *
 * @module
 */
import { type Core, sharedCore } from '../../core/index.js';
import { readContainer } from '../../io/index.js';
import type { Model } from '../../contract/index.js';
import { AdaptedModel } from './model.js';

/** Where a model lives and what its file is called in messages. */
export interface LoadModelOptions {
  /** Core that its predictions run on. Default: the shared one of this thread. */
  core?: Core;
  /** For messages. Default `model`. */
  file?: string;
}

/**
 * A model from the bytes that `toBytes` gave, of any method.
 *
 * @throws {SatnmfError} `bad-file` (not a satnmf file), `bad-model` (damaged, or not a model),
 *   `wrong-version` (written by a newer version, or by an older one with an option that is gone)
 */
export async function loadModel(bytes: Uint8Array, options: LoadModelOptions = {}): Promise<Model> {
  const file = options.file ?? 'model';
  const container = readContainer(bytes, 'model', file);
  // Whoever only fits does not load what reads models.
  const { modelParts } = await import('./reader.js');
  return new AdaptedModel(options.core ?? (await sharedCore()), modelParts(container, file));
}
