/**
 * Back from bytes to a model.
 *
 * @module
 */
import type { Core } from '../../core/core.js';
import { sharedCore } from '../../core/load.js';
import { type Container, readContainer } from '../../io/container.js';
import type { Model } from '../../contract/method.js';
import { AdaptedModel } from './model.js';
import { modelParts } from './reader.js';
import type { CoreChoice } from '../fit/procedure.js';

/** Where a model lives and what its file is called in messages. */
export interface LoadModelOptions {
  /** Core that its predictions run on. Default: the shared one of this thread. */
  core?: Core;
  /** For messages. Default `model`. */
  file?: string;
}

/**
 * A model from the bytes that `toBytes` gave, of any method. One of `msda` loads the code that it needs.
 *
 * @throws {SatnmfError} `bad-file` (not a satnmf file), `bad-model` (damaged, or not a model),
 *   `wrong-version` (written by a newer version, or by an older one with an option that is gone), `unsupported` (a model of `msda` on a Core of the default entry)
 */
export async function loadModel(bytes: Uint8Array, options: LoadModelOptions = {}): Promise<Model> {
  const file = options.file ?? 'model';
  const container = readContainer(bytes, 'model', file);
  const choose = hasDenoiser(container) ? (await import('./denoiser-models.js')).prepareDenoisers() : given;
  return new AdaptedModel(await choose(options.core), modelParts(container, file));
}

const given: CoreChoice = (core) => core ?? sharedCore();

/** Whether a trial of the file names the coder that is not there from the start. */
function hasDenoiser({ meta }: Container): boolean {
  const { trials } = (meta ?? {}) as { readonly trials?: unknown };
  const names = (trial: { readonly coder?: unknown } | null): boolean => trial?.coder === 'denoiser';
  return Array.isArray(trials) && trials.some(names);
}
