// DBN: its options are in dbn.ts, the training of its layers in deep-belief.ts, the network on the core in network.ts.
import type { Declaration } from '../../contract/index.js';
import { dbn, type DbnOptions } from './dbn.js';

export { dbn, type DbnOptions };

/** Features over which the work of the upper layers is counted: those of the extractor. */
const FEATURES = 6373;

const UNITS = [500, 1000, 2000];

/** Half of the rows are taken for the source's. */
function work({ units1, units2, units3, epochs, tuningEpochs }: DbnOptions): Record<string, number> {
  const products = [units1, (units1 * units2) / FEATURES, (units2 * units3) / FEATURES];
  const [first, second, third] = products;
  return {
    ...Object.fromEntries(products.map((product, l) => [`layer ${l + 1}`, 5 * product * epochs])),
    'fine-tuning': (1 / 2) * tuningEpochs * (2 * first + 3 * (second + third)),
  };
}

export const DBN: Declaration<'dbn', DbnOptions> = {
  name: 'dbn',
  label: 'DBN',
  make: dbn,
  searched: { units1: UNITS, units2: UNITS, units3: UNITS, epochs: [100, 200, 300, 500] },
  work,
  digest: { units1: 37, units2: 18, units3: 9, epochs: 2, tuningEpochs: 3 },
  traits: {
    draws: true,
    small: { units1: 5, units2: 4, units3: 3, epochs: 2, tuningEpochs: 2, batch: 10 },
  },
};
