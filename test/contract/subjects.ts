/**
 * Every method with every preset, scaled down so that a fit takes milliseconds.
 */
import type { Package, Subject } from './check.js';

/** For the factorisations; the rest is the preset's. */
const SCALED = { r: 4, trials: 3, maxIterations: 4 };
/** For some others. */
const SMALLER: Readonly<Record<string, object>> = {
  fstsl: { r: 4 },
  kliep: { centres: 7 },
  ulsif: { centres: 7 },
  dbn: { units1: 5, units2: 4, units3: 3, epochs: 2, tuningEpochs: 2, batch: 10 },
};

export function subjectsOf({ METHOD_NAMES, methodByName }: Package): Subject[] {
  return METHOD_NAMES.flatMap((name) => {
    const { options } = methodByName(name);
    const factorizes = 'trials' in options;
    const presets = 'preset' in options ? ['paper', 'robust'] : [undefined];
    return presets.map((preset) => {
      const scaled = {
        ...(preset === undefined ? {} : { preset }),
        ...(factorizes ? SCALED : {}),
        ...SMALLER[name],
      };
      return {
        name: preset === undefined ? name : `${name} ${preset}`,
        make: (change: object = {}) => methodByName(name, { ...scaled, ...change }),
        draws: factorizes || name === 'dbn',
        adapts: name !== 'svm',
        factorizes,
      };
    });
  });
}
