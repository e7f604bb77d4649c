/**
 * Fits for maps of adaptation, with progress on the screen.
 *
 * @module
 */
import { sharedCore } from '../../core/index.js';
import { SatnmfError } from '../../errors.js';
import { type Adaptation, adaptationOf } from '../../experiment/maps/index.js';
import type { Pair } from '../../experiment/index.js';
import type { SchemeData } from '../../sweep/index.js';
import type { Results } from '../../experiment/results/index.js';
import type { Method } from '../../contract/index.js';
import { methodByName } from '../../methods/index.js';
import type { Screen } from '../screen/screen.js';
import { withProgress } from './fit-on-tables.js';

export async function fitMap(screen: Screen, method: Method, pair: Pair): Promise<Adaptation> {
  const core = await sharedCore();
  const rows = pair.sources.reduce((sum, { features }) => sum + features.rows, pair.target.features.rows);
  return withProgress(screen, method, rows, undefined, (how) => adaptationOf(core, method, pair, how));
}

/**
 * A map of each scheme, by the configuration of satnmf that the table shows. Schemes without satnmf have no map.
 *
 * @throws {SatnmfError} `bad-argument`: a scheme whose data are not those of the runs, or that is not in the plan
 */
export async function mapsOf(
  screen: Screen,
  { schemes, methods, entries }: Results,
  data: readonly SchemeData[],
): Promise<{ scheme: string; map: Adaptation }[]> {
  const maps = [];
  for (const [i, { scheme, source, target }] of schemes.entries()) {
    const chosen = entries[i][methods.indexOf('satnmf')]?.chosen;
    if (!chosen) continue;
    const found = data.find(({ name }) => name === scheme);
    if (found?.source.sha256 !== source.sha256 || found.target.sha256 !== target.sha256)
      throw new SatnmfError(
        'bad-argument',
        `"--maps": scheme ${scheme} of the plan ${found === undefined ? 'is not there' : 'has other data than the runs'}`,
        { argument: 'maps', expected: 'the plan of the runs' },
      );
    const method = methodByName('satnmf', chosen.options);
    maps.push({ scheme, map: await fitMap(screen, method, found.pair) });
  }
  return maps;
}
