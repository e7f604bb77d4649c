/**
 * Every method with every preset, scaled down so that a fit takes milliseconds.
 */
import type { Package, Subject } from './check.js';

/** Options that a method which scales features in its own way does not have. */
const OF_OTHERS = ['preset', 'normalize', 'svm', 'bias', 'seed'];

const without = (change: object): object =>
  Object.fromEntries(Object.entries(change).filter(([name]) => !OF_OTHERS.includes(name)));

export function subjectsOf({ DECLARATIONS }: Package): Subject[] {
  return DECLARATIONS.flatMap(({ name, make, traits = {} }) => {
    const { small = {}, draws = false, factorizes = false, adapts = true, inductive = true } = traits;
    const { scalesItself = false, usesKnown = false } = traits;
    const about = { draws, factorizes, adapts, inductive, scalesItself, usesKnown };
    if (scalesItself)
      return [{ name, make: (change: object = {}) => make({ ...small, ...without(change) }), ...about }];
    return ['paper', 'robust'].map((preset) => ({
      name: `${name} ${preset}`,
      make: (change: object = {}) => make({ preset, ...small, ...change }),
      ...about,
    }));
  });
}
