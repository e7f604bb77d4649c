/**
 * What a model of `msda` needs beside what every other does; loaded when there is one.
 *
 * @module
 */
import { useDenoiser } from './coders/coder.js';
import { DENOISER } from './coders/denoiser.js';
import { fullCore } from '../fit/full-core.js';
import type { CoreChoice } from '../fit/procedure.js';

/** From here on models with denoisers can be read; their predictions run on the Core that this chooses. */
export function prepareDenoisers(): CoreChoice {
  useDenoiser(DENOISER);
  return fullCore;
}
