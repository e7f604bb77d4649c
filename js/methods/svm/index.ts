// `svm`: the linear SVM on the scaled features, trained on the source and applied to the target as
// it is. What every transfer method is compared with.
import type { Declaration, Method } from '../../contract/index.js';
import {
  C,
  checkC,
  type Checks,
  COMMON_CHECKS,
  COMMON_DEFAULTS,
  type CommonOptions,
  type Defaults,
  methodOf,
  readOptions,
} from '../../learn/fit/index.js';

/** Options of {@link linearSvm}. */
export interface LinearSvmOptions extends CommonOptions {
  /** C > 0. `robust`: 0.001, `paper`: 1 (the paper searches 0.1 … 100). */
  C: number;
}

const DEFAULTS: Defaults<LinearSvmOptions> = {
  paper: { ...COMMON_DEFAULTS.paper, C: 1 },
  robust: { ...COMMON_DEFAULTS.robust, C: 0.001 },
};

const CHECKS: Checks<LinearSvmOptions> = { ...COMMON_CHECKS, C: checkC };

const make = methodOf<LinearSvmOptions, undefined>({
  name: 'svm',
  options: (given) => readOptions('svm', DEFAULTS, CHECKS, given),
  baseC: ({ C }) => C,
});

/**
 * A linear SVM without any adaptation.
 *
 * @example
 * const model = await linearSvm({ C: 0.01 }).fit({ source: emodb, target: recordings });
 * model.predict(); // ["anger", "fear", …]
 */
export function linearSvm(options: Partial<LinearSvmOptions> = {}): Method<LinearSvmOptions> {
  return make(options);
}

export const SVM: Declaration<'svm', LinearSvmOptions> = {
  name: 'svm',
  label: 'SVM',
  make: linearSvm,
  searched: { C },
  digest: { normalize: 'rank', svm: 'ovo' },
  traits: { adapts: false },
};
