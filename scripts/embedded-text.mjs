/**
 * Bytes as printable text for a source file; `js/core/builtin/embedded-bytes.ts` says how, and reads it.
 */
const LETTERS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (letter) => !'"\'`\\$<'.includes(letter),
);
const COMMON = LETTERS.length - 2;

/** @param {Uint8Array} bytes */
export function embeddedText(bytes) {
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte]++;
  const values = counts.map((_, value) => value).sort((a, b) => counts[b] - counts[a] || a - b);
  const common = values.slice(0, COMMON);
  const places = [...common, ...values.slice(COMMON).sort((a, b) => a - b)];
  const letters = places.map((_, k) =>
    k < COMMON ? LETTERS[k] : LETTERS[COMMON + Math.floor(k / COMMON) - 1] + LETTERS[k % COMMON],
  );
  const place = new Array(256);
  places.forEach((value, k) => (place[value] = k));
  const head = common.map(
    (value) => LETTERS[Math.floor(value / LETTERS.length)] + LETTERS[value % LETTERS.length],
  );
  return head.join('') + Array.from(bytes, (byte) => letters[place[byte]]).join('');
}
