/**
 * Every method with every preset, scaled down so that a fit takes milliseconds.
 */
import type { Package, Subject } from './check.js';

/** For the factorisations; the rest is the preset's. */
const SCALED = { r: 4, trials: 3, maxIterations: 4 };

export function subjectsOf({ METHOD_NAMES, methodByName }: Package): Subject[] {
  return METHOD_NAMES.flatMap((name) => {
    const { options } = methodByName(name);
    const factorizes = 'trials' in options;
    const presets = 'preset' in options ? ['paper', 'robust'] : [undefined];
    const few = {
      ...('centres' in options ? { centres: 7 } : {}),
      ...('r' in options ? { r: SCALED.r } : {}),
    };
    return presets.map((preset) => {
      const scaled = {
        ...(preset === undefined ? {} : { preset }),
        ...(factorizes ? SCALED : {}),
        ...few,
      };
      return {
        name: preset === undefined ? name : `${name} ${preset}`,
        make: (change: object = {}) => methodByName(name, { ...scaled, ...change }),
        draws: factorizes,
        adapts: name !== 'svm',
        factorizes,
      };
    });
  });
}
