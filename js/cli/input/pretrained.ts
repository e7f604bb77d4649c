/**
 * Trained weights by their name or their file.
 *
 * @module
 */
import type { Weights } from '../../contract/index.js';
import { loadWeightsFile, researchWeights } from '../../outside/node/index.js';
import { openWeights } from '../../recogniser/recognition/index.js';
import type { Screen } from '../screen/screen.js';

/**
 * `open`, `research`, or a file that `satnmf train` wrote.
 *
 * @throws {SatnmfError} `bad-file`: no such file, or the weights "research" are not there; as `loadWeights`
 */
export async function readPretrained(screen: Screen, asked: string): Promise<Weights> {
  if (asked === 'open') return openWeights();
  if (asked !== 'research') return loadWeightsFile(asked, { signal: screen.signal });
  const weights = await researchWeights({ signal: screen.signal });
  screen.note('The weights "research" are for non-commercial use only (CC BY-NC-SA 4.0).');
  return weights;
}
