// How options and figures are written for readers.
import type { DoneRun, Mean } from '../results/index.js';

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
