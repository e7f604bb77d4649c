/**
 * Every method with every preset, scaled down so that a fit takes milliseconds.
 */
import type { Package, Subject } from './check.js';

export function subjectsOf({ DECLARATIONS }: Package): Subject[] {
  return DECLARATIONS.flatMap(({ name, make, traits = {} }) => {
    const { small = {}, draws = false, factorizes = false, adapts = true, inductive = true } = traits;
    return ['paper', 'robust'].map((preset) => ({
      name: `${name} ${preset}`,
      make: (change: object = {}) => make({ preset, ...small, ...change }),
      draws,
      factorizes,
      adapts,
      inductive,
    }));
  });
}
