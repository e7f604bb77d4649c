// The frame of the compared methods, which have the C of the base SVM among their options.
import type { Method } from '../../contract/index.js';
import { type Checks, type CommonOptions, type Defaults, readOptions } from './options.js';
import { methodOf, type Procedure } from './procedure.js';

/** The C of the SVM on the features, as {@link defaultsWith} names it. */
type FeaturesC = { readonly C: number } | { readonly baseC: number };

const featuresC = (options: FeaturesC): number => ('baseC' in options ? options.baseC : options.C);

/**
 * The factory of a compared method.
 * @param name as the command line spells it
 * @param procedure what tells it from the others
 */
export function comparedMethod<O extends CommonOptions & FeaturesC, E = undefined>(
  name: string,
  defaults: Defaults<O>,
  checks: Checks<O>,
  procedure: Omit<Procedure<O, E>, 'name' | 'options' | 'baseC'>,
): (given?: Partial<O>) => Method<O> {
  const options = (given: Partial<O>): Readonly<O> => readOptions(name, defaults, checks, given);
  const baseC = (own: Readonly<O>): number => featuresC(own as O);
  return methodOf<O, E>({ name, options, baseC, ...procedure });
}
