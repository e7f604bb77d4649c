/**
 * Names of the 65 low-level descriptors, in the order of the reference.
 *
 * @module
 */
import { compareNames } from '../../../data/index.js';

/** Number of low-level descriptors. */
export const LLD_WIDTH = 65;

let names: readonly string[] | undefined;

/**
 * The 65 names, group Nz (voice) first: those of the features less their functional. The same frozen
 * list at every call.
 */
export function lldNames(): readonly string[] {
  if (names !== undefined) return names;
  const contours = new Set<string>();
  for (const name of compareNames()) {
    const contour = /^(.*_sma(?:\[\d+\])?)_(?:range|amean)$/.exec(name)?.[1];
    if (contour !== undefined) contours.add(contour);
  }
  const all = [...contours];
  const voice = all.findIndex((name) => name.startsWith('F0final'));
  names = Object.freeze([...all.slice(voice, voice + 6), ...all.slice(0, voice)]);
  return names;
}
