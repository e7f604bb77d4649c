/**
 * CRC-32 (ISO 3309, the polynomial of PNG and gzip): tells a damaged file from a whole one.
 *
 * @module
 */

const TABLE = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** CRC-32 of the parts, one after the other; an unsigned 32-bit number. */
export function crc32(...parts: readonly Uint8Array[]): number {
  let rest = 0xffffffff;
  for (const part of parts) for (const byte of part) rest = TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
