import { describe, expect, test } from 'vitest';
import type { Core } from '../../../../js/core/core.js';
import { Products, productsBytes } from '../../../../js/learn/svm/squared-hinge/products.js';
import { BUILDS, coreOf } from '../cores.js';
import { floats, uniforms, upTo } from '../values.js';

/** Rows and their inner products, f32, in the upper left corner of a larger matrix of NaN. */
function corner(n: number, p: number, seed: number, ld = n + 3) {
  const rows = floats(seed, n * p, -1, 1);
  const G = new Float32Array(ld * ld).fill(NaN);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < p; k++) sum += rows[i * p + k] * rows[j * p + k];
      G[i * ld + j] = sum;
    }
  return { G, ld, K: (i: number, j: number, s: number) => G[i * ld + j] + s };
}

function withProducts<T>(
  core: Core,
  { G, ld }: { G: Float32Array; ld: number },
  n: number,
  s: number,
  work: (products: Products) => T,
): T {
  return core.scoped(() => {
    const at = core.alloc(G.byteLength);
    core.f32(at, G.length).set(G);
    const before = core.exports.mark() >>> 0;
    const products = new Products(core, { at, ld }, n, s, n);
    expect((core.exports.mark() >>> 0) - before).toBeLessThanOrEqual(productsBytes(core, n, n));
    return work(products);
  });
}

const SIZES = [1, 2, 3, 4, 5, 7, 8, 15, 63, 64, 65, 66, 67, 130];

describe.each(BUILDS)('inner products (%s build)', (build) => {
  const core = coreOf(build);

  test('multiply is the sum over rows, whichever of the coefficients are 0', () => {
    for (const n of SIZES)
      for (const s of [0, 2.25]) {
        const problem = corner(n, 5, n);
        const next = uniforms(n + 1);
        for (const share of [0, 0.3, 1]) {
          const c = Float64Array.from({ length: n }, () => (next() < share ? 2 * next() - 1 : 0));
          const f = withProducts(core, problem, n, s, (products) => products.multiply(c));
          for (let j = 0; j < n; j++) {
            let [sum, size] = [0, 0];
            for (let i = 0; i < n; i++) {
              sum += c[i] * problem.K(i, j, s);
              size += Math.abs(c[i]) * (Math.abs(problem.K(i, j, 0)) + s);
            }
            expect(Math.abs(f[j] - sum)).toBeLessThanOrEqual(1e-14 * size);
          }
        }
      }
  });

  test('a factor solves its system on any rows', () => {
    for (const n of SIZES) {
      const problem = corner(n, 4, n);
      const next = uniforms(n + 2);
      const ridge = Float64Array.from({ length: n }, () => 0.5 + next());
      for (const rows of [upTo(n - 1), upTo(n - 1).filter((i) => i % 3 !== 1)]) {
        const b = Float64Array.from(rows, () => next() - 0.5);
        const x = b.slice();
        withProducts(core, problem, n, 1, (products) => {
          expect(products.factor(Int32Array.from(rows), ridge)).toBe(true);
          products.solve(x);
        });
        rows.forEach((i, r) => {
          let sum = ridge[i] * x[r];
          rows.forEach((j, q) => (sum += problem.K(i, j, 1) * x[q]));
          expect(Math.abs(sum - b[r])).toBeLessThanOrEqual(1e-11);
        });
      }
    }
  });

  test('a matrix that rounding leaves indefinite has no factor', () => {
    const n = 6;
    const problem = corner(n, 2, 3);
    const ridge = new Float64Array(n).fill(1e-30);
    withProducts(core, problem, n, 0, (products) =>
      expect(products.factor(Int32Array.from(upTo(n - 1)), ridge.fill(-10))).toBe(false),
    );
  });

  test('greedy steps stay in their half, never rise, and end where no gradient may be followed', () => {
    for (const n of [1, 2, 5, 64, 67, 130]) {
      const problem = corner(n, 6, n);
      const y = Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : -1));
      const ridge = new Float64Array(n).fill(0.5);
      const value = (c: Float64Array): { dual: number; violation: number } => {
        let [dual, violation] = [0, 0];
        for (let i = 0; i < n; i++) {
          let f = 0;
          for (let j = 0; j < n; j++) f += problem.K(i, j, 1) * c[j];
          dual += 0.5 * c[i] * (f + ridge[i] * c[i]) - y[i] * c[i];
          const e = f + ridge[i] * c[i] - y[i];
          violation = Math.max(violation, c[i] === 0 ? Math.max(0, -y[i] * e) : Math.abs(e));
        }
        return { dual, violation };
      };
      withProducts(core, problem, n, 1, (products) => {
        let before = 0;
        for (const most of [1, 2, 5, 20]) {
          const { c, steps } = products.greedy(y, ridge, 1e-3, most);
          expect(steps).toBeLessThanOrEqual(most);
          const { dual } = value(c);
          expect(dual).toBeLessThanOrEqual(before + 1e-6);
          before = dual;
        }
        const { c, steps } = products.greedy(y, ridge, 1e-3, 10_000);
        expect(steps).toBeLessThan(10_000);
        expect(c.every((v, i) => y[i] * v >= 0)).toBe(true);
        expect(value(c).violation).toBeLessThanOrEqual(1.1e-3);
      });
    }
  });
});

test('both builds of the core give the same bits', () => {
  const n = 67;
  const problem = corner(n, 30, 5);
  const y = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const ridge = new Float64Array(n).fill(0.1);
  const results = BUILDS.map((build) =>
    withProducts(coreOf(build), problem, n, 1, (products) => {
      const { c, steps } = products.greedy(y, ridge, 1e-4, 500);
      products.factor(Int32Array.from(upTo(n - 1)), ridge);
      const x = y.slice();
      products.solve(x);
      return [steps, ...c, ...products.multiply(c), ...x];
    }),
  );
  expect(results[1]).toEqual(results[0]);
});
