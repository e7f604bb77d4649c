/**
 * The outline of a recording.
 *
 * @module
 */
import { svg } from './element.js';

const HEIGHT = 24;

/** @param peaks in [0, 1] */
export function waveform(peaks: Float32Array): SVGSVGElement {
  const middle = HEIGHT / 2;
  let path = '';
  peaks.forEach((peak, k) => {
    const half = Math.max(0.5, peak * (middle - 1));
    path += `M${k + 0.5} ${(middle - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
  });
  return svg(
    'svg',
    {
      class: 'waveform',
      viewBox: `0 0 ${peaks.length} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    svg('path', { d: path }),
  );
}
