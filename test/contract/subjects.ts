/**
 * Every method with every preset, scaled down so that a fit takes milliseconds.
 */
import type { Package, Subject } from './check.js';

/** For the factorisations; the rest is the preset's. */
const SCALED = { r: 4, trials: 3, maxIterations: 4 };

export function subjectsOf({ METHODS, methodByName }: Package): Subject[] {
  return Object.keys(METHODS).flatMap((name) =>
    ['paper', 'robust'].map((preset) => {
      const factorizes = 'trials' in methodByName(name).options;
      const scaled = { preset, ...(factorizes ? SCALED : {}) };
      return {
        name: `${name} ${preset}`,
        make: (change: object = {}) => methodByName(name, { ...scaled, ...change }),
        draws: factorizes,
        factorizes,
      };
    }),
  );
}
