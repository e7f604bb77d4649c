// Values of options that version 0.1 had and this version has not. A model of one of them is refused: nobody could fit
// it again, and Crammer–Singer and hinge-loss SVMs against the rest have no code here.
import { SatnmfError } from '../../errors.js';

const GONE: Readonly<Record<string, readonly string[]>> = {
  svm: ['ovr-l1', 'cs'],
  normalize: ['z-min-max'],
  scale: ['none', 'each'],
  update: ['accelerated', 'hals'],
  init: ['fitted'],
  mmdScale: ['frobenius'],
};

/** @throws {SatnmfError} `wrong-version` for options of a model file that name a value which is gone */
export function refuseGone(options: Readonly<Record<string, unknown>>, file: string): void {
  for (const [name, values] of Object.entries(GONE)) {
    const value = options[name];
    if (typeof value === 'string' && values.includes(value))
      throw new SatnmfError(
        'wrong-version',
        `${file}: was fitted by an older version with ${name} "${value}", which this version does not have; ` +
          `fit the model again with another ${name}`,
        { file, argument: name, actual: value },
      );
  }
}
