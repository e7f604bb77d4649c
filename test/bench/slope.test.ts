import { expect, it } from 'vitest';
import { slope } from '../../bench/slope.js';

it('finds the exponent of a power, whatever its factor', () => {
  const x = [1, 2, 5, 10];
  expect(
    slope(
      x,
      x.map((value) => 3 * value ** 1.7),
    ),
  ).toBeCloseTo(1.7, 12);
});
