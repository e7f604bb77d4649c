/**
 * Every kind of coder, for what reads files: a model may have any of them.
 *
 * @module
 */
import { DENOISER } from './denoiser.js';
import { tellKind } from './kind.js';
import { NETWORK } from './network.js';
import { PROJECTION } from './projection.js';

/** From now on coders of every kind can be used. */
export function tellEveryKind(): void {
  tellKind('projection', PROJECTION);
  tellKind('network', NETWORK);
  tellKind('denoiser', DENOISER);
}
