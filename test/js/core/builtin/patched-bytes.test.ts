import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patchedBytes } from '../../../../js/core/builtin/patched-bytes.js';
import { patchOf } from '../../../../scripts/patch.mjs';

const restored = (old: Buffer, now: Buffer) => Buffer.from(patchedBytes(old, patchOf(old, now)));

it('a patch makes of bytes any others', () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((values) => Buffer.from(values));
  fc.assert(fc.property(bytes, bytes, (old, now) => restored(old, now).equals(now)));
});

it('a patch makes new bytes of pieces of old ones, in whatever order and with bytes that differ', () => {
  const old = Buffer.from(Array.from({ length: 20_000 }, (_, i) => ((i * 2654435761) >>> 13) & 255));
  const piece = fc.tuple(fc.nat(old.length), fc.nat(9000), fc.nat(255));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const now = Buffer.concat(
        pieces.map(([from, length, differs]) => {
          const part = Buffer.from(old.subarray(from, from + length));
          for (let at = differs; at < part.length; at += 300) part[at] ^= 1 + differs;
          return part;
        }),
      );
      return restored(old, now).equals(now);
    }),
    { numRuns: 10 },
  );
});

it('a patch of a few differences is short, and one of none still shorter', () => {
  const old = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 167 + (i >> 4)) & 255));
  const now = Buffer.from(old);
  now[1000] ^= 1;
  now[4000] ^= 1;
  const moved = Buffer.concat([now.subarray(3000), now.subarray(0, 3000)]);
  expect([old, now, moved].map((bytes) => patchOf(old, bytes).length)).toEqual([7, 17, 26]);
});
