// Audio files by path, by folder and by pattern, in an order that is the same everywhere.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIO_EXTENSIONS, isAudioName, isVideoName, quote } from '../../data/index.js';
import { SatnmfError } from '../../errors.js';

/** An audio file and its name in tables. */
export interface AudioFile {
  readonly path: string;
  /** Inside a folder that was named: the path within it, with `/`; elsewhere the path. */
  readonly name: string;
}

const isPattern = (path: string): boolean => /[*?[{]/.test(path);

const kindOf = async (path: string): Promise<'file' | 'folder' | null> => {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.isDirectory() ? 'folder' : 'file';
};

/** Where audio may come from: a folder, a pattern, or a file with the name of one. */
export async function isAudioInput(path: string): Promise<boolean> {
  const kind = await kindOf(path);
  return kind === 'folder' || (kind === null ? isPattern(path) || isAudioName(path) : isAudioName(path));
}

export const isFolder = async (path: string): Promise<boolean> => (await kindOf(path)) === 'folder';

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new SatnmfError('bad-file', `${folder}: cannot be read as a folder`, { file: folder, cause });
  }
}

/** Paths within `folder` of all files below it. Hidden ones are left out; links to folders are not followed. */
export async function filesBelow(folder: string, within = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(join(folder, within))) {
    if (entry.name.startsWith('.')) continue;
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else if (entry.isFile() || (await kindOf(join(folder, path))) === 'file') found.push(path);
  }
  return found;
}

/**
 * A pattern as a regular expression: `*` and `?` stay within a folder, `**` before a slash is any
 * folders, `[ab]` and `[!a]` one letter, `{a,b}` one of several.
 */
function expressionOf(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i];
    if (pattern.startsWith('**/', i)) {
      source += '(?:[^/]+/)*';
      i += 2;
    } else if (letter === '*') source += '[^/]*';
    else if (letter === '?') source += '[^/]';
    else if (letter === '[' && pattern.indexOf(']', i + 2) > 0) {
      const end = pattern.indexOf(']', i + 2);
      source += `[${pattern
        .slice(i + 1, end)
        .replace(/\\/g, '\\\\')
        .replace(/^[!^]/, '^')}]`;
      i = end;
    } else if (letter === '{') {
      depth++;
      source += '(?:';
    } else if (letter === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (letter === ',' && depth > 0) source += '|';
    else source += letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch (cause) {
    throw new SatnmfError('bad-argument', `${quote(pattern)} is no pattern of file names`, {
      argument: 'inputs',
      actual: pattern,
      cause,
    });
  }
}

async function matching(pattern: string): Promise<AudioFile[]> {
  const steps = pattern.split(/[/\\]/);
  const fixed = steps.slice(
    0,
    steps.findIndex((step) => isPattern(step)),
  );
  const root = fixed.length === 0 ? '.' : fixed.join('/') || '/';
  const expression = expressionOf(steps.slice(fixed.length).join('/'));
  if (!(await isFolder(root))) return [];
  const names = (await filesBelow(root)).filter((name) => isAudioName(name) && expression.test(name));
  return names.map((name) => {
    const path = fixed.length === 0 ? name : `${fixed.join('/')}/${name}`;
    return { path, name: path };
  });
}

async function filesOf(input: string): Promise<AudioFile[]> {
  const kind = await kindOf(input);
  if (kind === 'file') return [{ path: input, name: input }];
  if (kind === 'folder') {
    const names = (await filesBelow(input)).filter(isAudioName);
    return names.map((name) => ({ path: join(input, name), name }));
  }
  return isPattern(input) ? matching(input) : [];
}

/**
 * The audio files that a path stands for: itself, those in a folder and in its folders, or those that a
 * pattern (`*`, `**`, `?`, `[…]`, `{…}`) matches; by path, in the order of code units.
 * @throws {SatnmfError} `bad-file` if there is none
 */
export async function findAudioFiles(input: string): Promise<AudioFile[]> {
  const found = await filesOf(input);
  if (found.length > 0) return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  throw new SatnmfError('bad-file', `${input}: ${await whyNothing(input)}`, {
    file: input,
    expected: AUDIO_EXTENSIONS.map((extension) => `.${extension}`).join(', '),
  });
}

async function whyNothing(input: string): Promise<string> {
  if (!(await isFolder(input))) return isPattern(input) ? 'matches no audio file' : 'there is no such file';
  const videos = (await filesBelow(input)).filter(isVideoName);
  return videos.length === 0
    ? 'holds no audio file'
    : `holds no audio file, but ${videos.length} videos such as ${quote(videos[0])}: take out their sound first, ` +
        'with ffmpeg (docs/corpora.md)';
}
