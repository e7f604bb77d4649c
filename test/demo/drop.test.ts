/**
 * What is dropped, with folders whose files the browser does not let be read.
 */
import { describe, expect, it } from 'vitest';
import { filesOfDrop, unreadSentence } from '../../demo/src/drop.js';

interface Entry {
  readonly isDirectory: boolean;
  readonly name: string;
  readonly fullPath: string;
  readonly file?: (resolve: (file: File) => void, reject: (error: Error) => void) => void;
  readonly createReader?: () => object;
}

const gone = new Error('A requested file or directory could not be found.');

const fileEntry = (fullPath: string, readable = true): Entry => ({
  isDirectory: false,
  name: fullPath.slice(fullPath.lastIndexOf('/') + 1),
  fullPath,
  file: (resolve, reject) => (readable ? resolve(new File([], fullPath)) : reject(gone)),
});

/** Gives its entries one at a time, then ends, or fails. */
function folderEntry(fullPath: string, entries: readonly Entry[], complete = true): Entry {
  const left = [...entries];
  return {
    isDirectory: true,
    name: fullPath.slice(fullPath.lastIndexOf('/') + 1),
    fullPath,
    createReader: () => ({
      readEntries: (resolve: (some: Entry[]) => void, reject: (error: Error) => void) =>
        left.length > 0 || complete ? resolve(left.splice(0, 1)) : reject(gone),
    }),
  };
}

const dropOf = (entry: Entry): DataTransfer =>
  ({
    items: [{ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null }],
  }) as unknown as DataTransfer;

describe('a dropped folder', () => {
  it('gives what can be read, and names what cannot', async () => {
    const folder = folderEntry('/speech', [
      fileEntry('/speech/b.wav'),
      fileEntry('/speech/a.wav', false),
      folderEntry('/speech/locked', [fileEntry('/speech/locked/c.wav')], false),
    ]);
    const { found, unread } = await filesOfDrop(dropOf(folder));
    expect(found.map(({ path }) => path)).toEqual(['speech/b.wav', 'speech/locked/c.wav']);
    expect(unread).toEqual(['speech/a.wav', 'speech/locked']);
    expect(unreadSentence(unread)).toBe('The browser cannot read speech/a.wav, speech/locked.');
  });

  it('of many files names a few', () => {
    expect(unreadSentence([])).toBe('');
    expect(unreadSentence(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe(
      'The browser cannot read a, b, c, d, e and 2 more.',
    );
  });
});
