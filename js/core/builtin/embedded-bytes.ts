/**
 * Bytes from the text that scripts/embedded-text.mjs made of them: printable, and nearly as small under gzip as the
 * bytes themselves, which base64 is not (it hides repetitions from gzip).
 *
 * The alphabet is ASCII without what strings and pages treat specially; its last two letters are escapes. The text
 * begins with the 87 commonest byte values, two letters each (89 · first + second). Then each byte: its place among
 * those as one letter; any other as an escape e = 0, 1 and a letter k: place 87 · (e + 1) + k, where the places from 87
 * on are the values that are left, ascending.
 *
 * @module
 */

/** Letters in order of their code; scripts/embedded-text.mjs has the same. */
const LETTERS = Array.from({ length: 95 }, (_, i) => 32 + i).filter(
  (code) => !'"\'`\\$<'.includes(String.fromCharCode(code)),
);
const COMMON = LETTERS.length - 2;

/** The bytes that a text stands for. */
export function embeddedBytes(text: string): Uint8Array<ArrayBuffer> {
  const place = new Uint8Array(128);
  LETTERS.forEach((code, at) => (place[code] = at));
  const at = (i: number): number => place[text.charCodeAt(i)];
  const values: number[] = [];
  for (let k = 0; k < COMMON; k++) values.push(at(2 * k) * LETTERS.length + at(2 * k + 1));
  for (let value = 0; value < 256; value++) if (values.indexOf(value) < 0) values.push(value);
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 2 * COMMON; i < text.length; i++) {
    const letter = at(i);
    bytes[length++] = values[letter < COMMON ? letter : (letter - COMMON + 1) * COMMON + at(++i)];
  }
  return bytes.slice(0, length);
}
