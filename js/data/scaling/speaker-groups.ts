// Rows by speaker, for normalisations that treat every speaker by himself.

/** Group of every row: 0 is the corpus as a whole, g > 0 the speaker `names[g − 1]`. */
export interface SpeakerGroups {
  /** Speakers with a group of their own, ascending by code unit. */
  readonly names: readonly string[];
  readonly of: Int32Array;
}

/** Groups of the speakers with at least `minimum` rows; all other rows, those without a speaker too, are in 0. */
export function groupSpeakers(speaker: readonly (string | null)[], minimum: number): SpeakerGroups {
  const counts = new Map<string, number>();
  for (const name of speaker) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts.keys()].filter((name) => (counts.get(name) ?? 0) >= minimum).sort();
  return { names, of: findSpeakers(names, speaker) };
}

/** Groups of new rows: speakers that are not among `names` get 0. */
export function findSpeakers(names: readonly string[], speaker: readonly (string | null)[]): Int32Array {
  const group = new Map<string | null, number>(names.map((name, g) => [name, g + 1]));
  return Int32Array.from(speaker, (name) => group.get(name) ?? 0);
}

/** Rows of each group, ascending; entry 0 holds all rows. */
export function rowsOfGroups(groups: SpeakerGroups): Int32Array[] {
  const rows = Array.from({ length: groups.names.length + 1 }, (): number[] => []);
  groups.of.forEach((g, i) => {
    rows[0].push(i);
    if (g > 0) rows[g].push(i);
  });
  return rows.map((list) => Int32Array.from(list));
}
