import { expect, test } from 'vitest';
import { packPrints, unpackPrints } from '../../../../js/recogniser/weights/fingerprint.js';
import { floats } from '../../../assembly/core/values.js';

test('fingerprints are packed in three bytes or so, and come back', () => {
  const prints = Uint32Array.from(floats(5, 3000, 0, 1), (value) => Math.floor(value * 4294967295));
  const bytes = packPrints(prints);
  expect(bytes.length).toBeLessThan(4 * prints.length);
  expect(unpackPrints(bytes)).toEqual(prints.slice().sort());
  expect(unpackPrints(Uint8Array.of(255, 255, 255, 255, 255, 255))).toBeUndefined();
});
