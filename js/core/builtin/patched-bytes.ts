/**
 * Bytes from others that are much like them and the patch that scripts/patch.mjs made.
 *
 * Numbers are little-endian, seven bits a byte, the eighth set in all but the last. A patch begins with the length of
 * the result and of what is new in it. Then steps of three numbers: so many bytes are copied from the old ones, so many
 * new ones stand in the place of as many old ones, and so far the old ones go on from there (2j forwards, 2j − 1
 * backwards). At the end stand the new bytes.
 *
 * @module
 */
export function patchedBytes(old: Uint8Array, patch: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = patch[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const result = new Uint8Array(number());
  let fresh = patch.length - number();
  for (let from = 0, to = 0; to < result.length;) {
    const [copies, writes, jump] = [number(), number(), number()];
    result.set(old.subarray(from, from + copies), to);
    result.set(patch.subarray(fresh, fresh + writes), to + copies);
    fresh += writes;
    to += copies + writes;
    from += copies + writes + ((jump >> 1) ^ -(jump & 1));
  }
  return result;
}
