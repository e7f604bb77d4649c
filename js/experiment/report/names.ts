/**
 * How methods, options and figures are written for readers.
 *
 * @module
 */
import type { DoneRun } from '../results/run.js';
import type { Mean } from '../results/mean.js';

const METHODS: Readonly<Record<string, string>> = {
  svm: 'SVM',
  msda: 'mSDA',
  tnmf: 'TNMF',
  fstsl: 'FSTSL',
  dbn: 'DBN',
  dosl: 'DoSL',
  snmf: 'SNMF',
  'snmf-gamma': 'SNMF-γ',
  'stnmf-lambda': 'STNMF-λ',
  satnmf: 'SATNMF',
  kmm: 'KMM',
  kliep: 'KLIEP',
  ulsif: 'uLSIF',
  coral: 'CORAL',
  tca: 'TCA',
  jda: 'JDA',
};

/** The name of a method as its authors write it. */
export const methodLabel = (name: string): string => (Object.hasOwn(METHODS, name) ? METHODS[name] : name);

/** `46.53` of 0.46529. */
export const percent = (fraction: number): string => (fraction * 100).toFixed(2);

/** `46.53`, or `46.53 ± 0.40` with a standard deviation over seeds. */
export const meanLabel = ({ mean, deviation }: Mean): string =>
  deviation === null ? percent(mean) : `${percent(mean)} ± ${percent(deviation)}`;

/** `C = 10, r = 64`. */
export const optionsLabel = (options: DoneRun['options']): string =>
  Object.keys(options)
    .sort()
    .map((name) => `${name} = ${String(options[name])}`)
    .join(', ');
