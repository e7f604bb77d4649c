/**
 * Files as they come: dropped, chosen, or as a folder.
 *
 * @module
 */
import { isAudioName } from '../../js/data/index.js';
import type { Note } from './protocol.js';

export interface Found {
  /** Below what was dropped, `/` between folders. */
  readonly path: string;
  readonly file: File;
}

/** What came of a drop. */
export interface Gathered {
  readonly found: readonly Found[];
  /** Paths of files and folders that the browser does not let be read. */
  readonly unread: readonly string[];
}

/** What was dropped, by what it is for. */
export interface Sorted {
  readonly audio: readonly Found[];
  /** labels.csv and annotations. */
  readonly notes: readonly Note[];
  /** Model files. */
  readonly models: readonly File[];
  /** Files of folders that are nothing of this. */
  readonly others: number;
}

const isNote = (path: string): boolean => /(^|\/)labels\.csv$|\.textgrid$/i.test(path);
const isModel = (path: string): boolean => /\.satnmf$/i.test(path);
const isHidden = (path: string): boolean => /(^|\/)\./.test(path);

/** A file that was named itself counts as a recording whatever its name, so that it gets its sentence. */
export function sorted(found: readonly Found[]): Sorted {
  const seen = found.filter(({ path }) => !isHidden(path));
  const notes = seen.filter(({ path }) => isNote(path));
  const models = seen.filter(({ path }) => isModel(path)).map(({ file }) => file);
  const rest = seen.filter(({ path }) => !isNote(path) && !isModel(path));
  const audio = rest.filter(({ path }) => isAudioName(path) || !path.includes('/'));
  return { audio, notes, models, others: rest.length - audio.length };
}

/** Files of an input element. */
export const filesOfInput = (input: HTMLInputElement): Found[] =>
  [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** Paths that a sentence names; of more it tells how many. */
const NAMED = 5;

/** A sentence about what could not be read; empty if nothing is missing. */
export function unreadSentence(unread: readonly string[]): string {
  if (unread.length === 0) return '';
  const named = unread.slice(0, NAMED).join(', ');
  const more = unread.length > NAMED ? ` and ${unread.length - NAMED} more` : '';
  return `The browser cannot read ${named}${more}.`;
}

/** All files that were dropped, those in folders too. */
export async function filesOfDrop(data: DataTransfer): Promise<Gathered> {
  // Whatever is not taken before the event ends is gone.
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  const taken = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: Found[] = [];
  const unread: string[] = [];
  for (const { entry, file } of taken) {
    if (entry !== null && entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, found, unread);
    else if (file !== null) found.push({ path: file.name, file });
    else if (entry !== null) unread.push(pathOf(entry));
  }
  return { found, unread };
}

const pathOf = ({ fullPath }: FileSystemEntry): string => fullPath.replace(/^\//, '');

/** One that cannot be read does not keep the others away. */
async function walk(folder: FileSystemDirectoryEntry, found: Found[], unread: string[]): Promise<void> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  try {
    // It gives a hundred at a time, and none at the end.
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) break;
      entries.push(...some);
    }
  } catch {
    unread.push(pathOf(folder));
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, found, unread);
    else
      try {
        const file = await new Promise<File>((resolve, reject) =>
          (entry as FileSystemFileEntry).file(resolve, reject),
        );
        found.push({ path: pathOf(entry), file });
      } catch {
        unread.push(pathOf(entry));
      }
  }
}

/** Makes an element take files that are dropped on it, and hand them over. */
export function dropZone(zone: HTMLElement, take: (gathered: Gathered) => void): void {
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  for (const type of ['dragenter', 'dragover'] as const)
    zone.addEventListener(type, (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      zone.classList.add('over');
    });
  zone.addEventListener('dragleave', (event) => {
    if (!zone.contains(event.relatedTarget as Node | null)) zone.classList.remove('over');
  });
  zone.addEventListener('drop', (event) => {
    zone.classList.remove('over');
    if (event.dataTransfer === null) return;
    event.preventDefault();
    void filesOfDrop(event.dataTransfer).then(take);
  });
}

/** Makes a button open the browser's own choice of files, or of a folder. */
export function chooser(button: HTMLElement, input: HTMLInputElement, take: (found: Found[]) => void): void {
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const found = filesOfInput(input);
    // The same files may be chosen again.
    input.value = '';
    if (found.length > 0) take(found);
  });
}
