// "Did you mean …?"
import { type ErrorCode, type ErrorDetail, SatnmfError } from '../errors.js';

/** Longer words are never compared: nobody mistypes them, and the comparison is quadratic. */
const LONGEST = 64;

/** Smallest number of insertions, deletions and replacements that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/**
 * The word of `known` that `asked` probably meant: few letters differ, or the first three are the
 * same (`angry` → `anger`, `sad` → `sadness`). The first of equally close ones; null if none is close.
 */
export function suggest(asked: string, known: readonly string[]): string | null {
  const word = asked.trim().toLowerCase();
  if (word.length === 0 || word.length > LONGEST) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    if (other.length > LONGEST) continue;
    const distance = editDistance(word, other);
    const near = distance <= Math.max(1, Math.floor(word.length / 3));
    const samePrefix = word.length >= 3 && other.slice(0, 3) === word.slice(0, 3);
    if ((near || samePrefix) && distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** ` Did you mean "anger"?`, or nothing. Starts with a space so that it can end a sentence. */
export function didYouMean(asked: string, known: readonly string[]): string {
  const word = suggest(asked, known);
  return word === null ? '' : ` Did you mean "${word}"?`;
}

/**
 * The error about a word that is none of those known. Its sentence ends with the closest of them.
 * @param sentence without the full stop
 */
export function unknownWord(
  word: string,
  known: readonly string[],
  sentence: string,
  detail: ErrorDetail,
  code: ErrorCode = 'bad-argument',
): SatnmfError {
  const expected = known.join(', ');
  return new SatnmfError(code, `${sentence}.${didYouMean(word, known)}`, {
    expected,
    actual: word,
    ...detail,
  });
}
