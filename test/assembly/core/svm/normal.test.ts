import { describe, expect, test } from 'vitest';
import { NormalRows, normalBytes } from '../../../../js/learn/svm/squared-hinge/normal-rows.js';
import { axpy, dot } from '../../../../js/core/dense/vectors.js';
import { BUILDS, coreOf } from '../cores.js';
import { uniforms, upTo } from '../values.js';

const SIZES = [
  [1, 1],
  [3, 2],
  [4, 3],
  [5, 4],
  [7, 5],
  [8, 8],
  [9, 13],
  [66, 31],
] as const;

describe.each(BUILDS)('rows of normal equations (%s build)', (build) => {
  const core = coreOf(build);

  test.each(SIZES)(
    '%i rows of %i values: products have the bits of the host, within their memory',
    (n, p) => {
      const next = uniforms(100 * n + p);
      const random = (length: number, share = 1): Float64Array =>
        Float64Array.from({ length }, () => (next() < share ? 2 * next() - 1 : 0));
      const [X, w, g, weights] = [random(n * p), random(p), random(p), random(n).map(Math.abs)];
      core.scoped(() => {
        const before = core.exports.mark() >>> 0;
        const rows = new NormalRows(core, X, n, p);
        const f = new Float64Array(n);
        rows.times(w, f);
        expect(f).toEqual(Float64Array.from({ length: n }, (_, i) => dot(X, i * p, w, 0, p)));
        for (const share of [0, 0.3, 1]) {
          const c = random(n, share);
          const [ours, host] = [g.slice(), g.slice()];
          rows.addCombination(ours, c);
          c.forEach((value, i) => axpy(value, X, i * p, host, 0, p));
          expect(ours).toEqual(host);
        }
        const chosen = Int32Array.from(upTo(n - 1).filter((i) => i % 3 !== 1));
        const H = new Float64Array(p * p);
        for (let j = 0; j < p; j++) H[j * p + j] = 1;
        rows.addOuter(H, chosen, weights, 2);
        for (let a = 0; a < p; a++)
          for (let b = 0; b <= a; b++) {
            let sum = a === b ? 1 : 0;
            for (const i of chosen) sum += 2 * weights[i] * X[i * p + a] * X[i * p + b];
            expect(Math.abs(H[a * p + b] - sum)).toBeLessThanOrEqual(1e-13 * (n + 1));
          }
        const L = H.slice();
        expect(rows.factor(L)).toBe(true);
        for (let a = 0; a < p; a++)
          for (let b = 0; b <= a; b++) {
            let sum = 0;
            for (let k = 0; k <= b; k++) sum += L[a * p + k] * L[b * p + k];
            expect(Math.abs(sum - H[a * p + b])).toBeLessThanOrEqual(1e-12 * (n + 1));
          }
        expect((core.exports.mark() >>> 0) - before).toBeLessThanOrEqual(normalBytes(core, n, p));
      });
    },
  );
});
