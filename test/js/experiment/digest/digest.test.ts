import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fixedFitDigest } from '../../../../js/experiment/digest/digest.js';
import { PUBLISHED_DIGEST } from '../../../../js/experiment/digest/published-digest.js';
import { METHOD_NAMES } from '../../../../js/methods/registry.js';
import { BUILDS, coreOf } from '../../../assembly/core/cores.js';

/** Every method is fitted, more than once a test, on machines that may be busy. */
const PATIENCE = 240_000;

describe.each(BUILDS)('the digest of the fixed fit (%s build)', (build) => {
  test(
    'is the published one, and in the release build the same on a Core that has been used before',
    { timeout: PATIENCE },
    async () => {
      const core = coreOf(build);
      const first = await fixedFitDigest({ core });
      expect(first.digest).toBe(PUBLISHED_DIGEST);
      if (build === 'release') expect(await fixedFitDigest({ core })).toEqual(first);
    },
  );
});

/** Parts that a bit of the target's first feature may leave alone: few features, and ranks that stay. */
const BLIND = ['svm', 'tnmf', 'few features'];

test(
  'every method has a part of the digest, and one flipped bit of one feature changes all but few of them',
  { timeout: PATIENCE },
  async () => {
    const core = coreOf('release');
    const [straight, flipped] = [await fixedFitDigest({ core }), await fixedFitDigest({ core, flip: true })];
    const { parts } = straight;
    // Every method has a part, and no two say the same.
    expect(METHOD_NAMES.filter((name) => !/^[0-9a-f]{64}$/.test(parts[name] ?? ''))).toEqual([]);
    expect(new Set(Object.values(parts)).size).toBe(Object.keys(parts).length);
    expect(flipped.digest).not.toBe(straight.digest);
    for (const name of Object.keys(parts).filter((part) => !BLIND.includes(part)))
      expect(flipped.parts[name], name).not.toBe(parts[name]);
  },
);

test('the fixed fit passes every kernel that the core exports', { timeout: PATIENCE }, async () => {
  const core = coreOf('release');
  const called = new Set<string>();
  const exports = core.exports as unknown as Record<string, unknown>;
  const watched = Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === 'function'
        ? (...args: unknown[]): unknown => {
            called.add(name);
            return (value as (...args: unknown[]) => unknown)(...args);
          }
        : value,
    ]),
  );
  Object.defineProperty(core, 'exports', { value: watched });
  await fixedFitDigest({ core });
  const text = readFileSync('assembly/core/index.ts', 'utf8');
  const kernels = [...text.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names]) =>
    names
      .split(',')
      .map((name) => name.trim().replace(/^.* as /, ''))
      // Constants are no kernels.
      .filter((name) => !/^[A-Z_]+$/.test(name)),
  );
  // Sizes that the host computes itself, and what later methods draw or evaluate.
  const unused = [
    'panelBytes',
    'splatBytes',
    'widen',
    'next',
    'normal',
    'fillNormal',
    'shuffle',
    'squaredDistance',
    // Only of a fit on workers, whose bits test/worker compares.
    'gramColumns',
  ];
  const elementary = ['exponential', 'logarithm', 'sine', 'cosine', 'hyperbolicTangent'];
  const exempt = [...unused, ...elementary];
  const expected = kernels.filter((name) => name !== '' && !exempt.includes(name));
  expect(expected.filter((name) => !called.has(name))).toEqual([]);
});
