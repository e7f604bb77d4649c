/**
 * Groups of rows, (corpus, class): what the discrepancy between corpora is made of
 * (assembly/core/factor/moments.ts, method.md, MMD without its matrix).
 *
 * @module
 */

/** The group of each row, source first; class -1 is a row without one. */
export function rowGroups(
  sourceClass: ArrayLike<number>,
  pseudoClass: ArrayLike<number>,
  c: number,
): Int32Array {
  const n = sourceClass.length;
  const groups = new Int32Array(n + pseudoClass.length);
  for (let j = 0; j < n; j++) groups[j] = sourceClass[j] < 0 ? c : sourceClass[j];
  for (let j = 0; j < pseudoClass.length; j++)
    groups[n + j] = c + 1 + (pseudoClass[j] < 0 ? c : pseudoClass[j]);
  return groups;
}
