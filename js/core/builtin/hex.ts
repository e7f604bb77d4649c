// Bytes from hexadecimal digits, `0` to `9` and `a` to `f`. Embedded modules are hexadecimal because gzip finds the
// repetitions of the bytes in it, which base64 hides.

export function bytesOfHex(text: string): Uint8Array<ArrayBuffer> {
  const digit = (at: number): number => {
    const code = text.charCodeAt(at);
    return code < 58 ? code - 48 : code - 87;
  };
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digit(2 * i) + digit(2 * i + 1);
  return bytes;
}
