/**
 * Every method with every preset, scaled down so that a fit takes milliseconds.
 */
import type { Package, Subject } from './check.js';

/** What is special about a method; the default is an adapting one that draws nothing and is inductive. */
interface Traits extends Partial<Pick<Subject, 'draws' | 'factorizes' | 'adapts' | 'inductive'>> {
  /** Options that scale it down; the rest is the preset's. */
  readonly scaled?: object;
}

const FACTORIZES: Traits = {
  draws: true,
  factorizes: true,
  inductive: false,
  scaled: { r: 4, trials: 3, maxIterations: 4 },
};

const TRAITS: Readonly<Record<string, Traits>> = {
  svm: { adapts: false },
  msda: {},
  fstsl: { scaled: { r: 4, maxIterations: 4 } },
  dosl: { scaled: { lambda: 1 } },
  dbn: { draws: true, scaled: { units1: 5, units2: 4, units3: 3, epochs: 2, tuningEpochs: 2, batch: 10 } },
  kliep: { scaled: { centres: 7 } },
  ulsif: { scaled: { centres: 7 } },
  tca: { scaled: { r: 4 } },
  jda: { scaled: { r: 4, maxIterations: 3 } },
  tnmf: FACTORIZES,
  snmf: FACTORIZES,
  'snmf-gamma': FACTORIZES,
  'stnmf-lambda': FACTORIZES,
  satnmf: FACTORIZES,
};

export function subjectsOf({ METHOD_NAMES, methodByName }: Package): Subject[] {
  return METHOD_NAMES.flatMap((name) => {
    const {
      scaled = {},
      draws = false,
      factorizes = false,
      adapts = true,
      inductive = true,
    } = TRAITS[name] ?? {};
    return ['paper', 'robust'].map((preset) => ({
      name: `${name} ${preset}`,
      make: (change: object = {}) => methodByName(name, { preset, ...scaled, ...change }),
      draws,
      factorizes,
      adapts,
      inductive,
    }));
  });
}
