/**
 * What is known about recordings: from a table of labels, or from their names.
 *
 * @module
 */
import { quote } from '../../data/quote.js';
import { SatnmfError } from '../../errors.js';
import { baseName, LabelRows, type Labels } from '../../io/label-rows.js';
import type { AudioFile } from '../../outside/node/audio-files.js';
import { readBytes } from '../../outside/node/files.js';

/** Where the labels of recordings come from. */
export interface LabelSources {
  /** Table of labels. */
  readonly table: LabelRows | null;
  readonly regex: RegExp | null;
  /** Emotions by the codes that stand for them. */
  readonly map: ReadonlyMap<string, string>;
}

const GROUPS = ['speaker', 'emotion', 'sex', 'text'];

/** `(?<speaker>\d\d).*(?<emotion>[WLEAFTN])` as a regular expression. */
export function parseLabelRegex(text: string): RegExp {
  const fail = (why: string): never => {
    throw new SatnmfError(
      'bad-argument',
      `"--label-regex" must be a regular expression with named groups such as (?<emotion>[a-z]+): ${why}`,
      { argument: 'label-regex', expected: GROUPS.join(', '), actual: text },
    );
  };
  let regex: RegExp;
  try {
    regex = new RegExp(text, 'u');
  } catch (error) {
    return fail((error as Error).message);
  }
  // With an empty alternative it always matches, and the match has the names of all groups.
  const names = Object.keys(new RegExp(`${text}|`, 'u').exec('')?.groups ?? {});
  if (names.length === 0) fail(`${quote(text)} names no group`);
  for (const name of names)
    if (!GROUPS.includes(name)) fail(`${quote(name)} is none of ${GROUPS.join(', ')}`);
  return regex;
}

/** `W=anger,L=boredom`, on top of what was given before. */
export function parseLabelMap(text: string, before: ReadonlyMap<string, string> = new Map()) {
  const map = new Map(before);
  for (const pair of text.split(',')) {
    const [code, emotion, ...more] = pair.split('=').map((word) => word.trim());
    if (!code || !emotion || more.length > 0)
      throw new SatnmfError(
        'bad-argument',
        `"--label-map" must be code=emotion pairs, separated by commas, got ${quote(pair)}`,
        { argument: 'label-map', expected: 'W=anger,L=boredom', actual: pair },
      );
    map.set(code, emotion.toLowerCase());
  }
  return map;
}

/** @throws {SatnmfError} `bad-file`: as {@link LabelRows}, or a file that is not there */
export async function readLabels(file: string): Promise<LabelRows> {
  return new LabelRows(file, await readBytes(file));
}

/** Labels of one recording. What its name tells wins over the table. */
function labelsOf({ name }: AudioFile, { table, regex, map }: LabelSources): Labels | null {
  const groups = regex?.exec(baseName(name))?.groups;
  const told = Object.entries(groups ?? {}).filter(([, text]) => text !== undefined && text !== '');
  const listed = table?.of(name) ?? null;
  if (listed === null && told.length === 0) return null;
  const labels: Record<string, string | null> = { ...listed, ...Object.fromEntries(told) };
  const { emotion } = labels;
  if (emotion)
    labels['emotion'] = map.get(emotion) ?? map.get(emotion.toUpperCase()) ?? emotion.toLowerCase();
  return labels;
}

/** Labels of recordings, with sentences about those that have none. */
export function labelFiles(
  files: readonly AudioFile[],
  sources: LabelSources,
  warn: (sentence: string) => void,
): (Labels | null)[] {
  const { table, regex } = sources;
  const labels = files.map((file) => labelsOf(file, sources));
  if (table === null && regex === null) return labels;
  const bare = files.filter((_, i) => labels[i] === null);
  const where = [table?.file, regex === null ? undefined : '--label-regex'].filter(Boolean).join(' and ');
  if (bare.length > 0)
    warn(
      `${where}: nothing about ${bare.length} of ${files.length} recordings, such as ${quote(bare[0].name)}`,
    );
  if (table !== null && table.unused > 0)
    warn(`${table.file}: ${table.unused} of its rows belong to no recording that is here`);
  return labels;
}
