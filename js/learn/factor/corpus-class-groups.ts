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

/** |M|_F from the sizes of the groups. */
export function mmdNorm(groups: Int32Array, n: number, c: number, alpha: number): number {
  const T = c + 1;
  const sizes = new Array<number>(2 * T).fill(0);
  for (const g of groups) sizes[g]++;
  const m = groups.length - n;
  let sum = 0;
  for (let a = 0; a < 2 * T; a++)
    for (let b = 0; b < 2 * T; b++) {
      const [i, j] = [a % T, b % T];
      const sign = a < T === b < T ? 1 : -1;
      let entry = sign / ((a < T ? n : m) * (b < T ? n : m));
      if (i === j && i < c && sizes[i] > 0 && sizes[T + i] > 0)
        entry += (alpha * sign) / (sizes[a] * sizes[b]);
      sum += sizes[a] * sizes[b] * entry * entry;
    }
  return Math.sqrt(sum);
}
