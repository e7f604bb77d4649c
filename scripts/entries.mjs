/**
 * Where the source of an entry of the package is. Most lie in js/entries/; an entry that fetches a file beside itself
 * (emodb.bin, worker-thread.js) is the first file of its room, so that it never moves into a chunk.
 */
const ELSEWHERE = { emodb: 'js/io/emodb/index.ts', worker: 'js/outside/worker/index.ts' };

/** @param {string} name as in package.json's types: `index`, `methods`, `io`, … */
export const sourceOf = (name) => ELSEWHERE[name] ?? `js/entries/${name}.ts`;
