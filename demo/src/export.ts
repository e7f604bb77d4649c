/**
 * Files that the page hands out.
 *
 * @module
 */
import type { Recording } from './recordings.js';

/** Has the browser save a file. */
export function save(content: BlobPart, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The table as lines of cells, heads first: files, verdicts, shares of votes, what is wrong with a file. */
export function csvLines(recordings: readonly Recording[], classes: readonly string[]): (string | null)[][] {
  const head = [
    'file',
    'emotion',
    'confidence',
    ...classes.map((one) => `share_${one}`),
    'svm',
    'label',
    'problem',
  ];
  return [
    head,
    ...recordings.map(({ name, verdict, emotion, sentence }) => [
      name,
      verdict?.emotion ?? null,
      verdict === null ? null : String(verdict.confidence),
      ...classes.map((_, k) => (verdict === null ? null : String(verdict.shares[k]))),
      verdict?.svm ?? null,
      emotion,
      sentence,
    ]),
  ];
}
