/**
 * Praat's TextGrid files, as far as labels go: tiers and what is written in them.
 *
 * @module
 */

/**
 * The texts of each tier, in order of time. Both of Praat's text formats hold the same strings in the same
 * order: file type, object class, then for each tier its class, its name and its texts.
 *
 * @param file content of a TextGrid file; a quote within a text is doubled
 */
export function readTextGrid(file: string): Map<string, string[]> {
  const strings = [...file.matchAll(/"((?:[^"]|"")*)"/g)].map(([, text]) => text.replaceAll('""', '"'));
  const tiers = new Map<string, string[]>();
  let texts: string[] | null = null;
  for (let i = 0; i < strings.length; i++) {
    if (strings[i] === 'IntervalTier' || strings[i] === 'TextTier') {
      texts = [];
      tiers.set(strings[++i] ?? '', texts);
    } else texts?.push(strings[i]);
  }
  return tiers;
}
