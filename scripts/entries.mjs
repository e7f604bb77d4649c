/**
 * Where the source of an entry of the package is. All lie in js/entries/, but for EmoDB's: it is the first file of its
 * room, because emodb.bin lies beside it.
 */
const ELSEWHERE = { emodb: 'js/io/emodb/index.ts' };

/** @param {string} name as in package.json's types: `index`, `methods`, `io`, … */
export const sourceOf = (name) => ELSEWHERE[name] ?? `js/entries/${name}.ts`;
