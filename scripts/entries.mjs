/**
 * The entries of dist/: every file there that a program may name. `out` is its name without `.js`, `source` where its
 * code is, `brings` the modules that it gives to the code that all entries share (js/core/builtin/built-in.ts), `load`
 * what replaces the `load` of its source.
 */
const [CORE, AUDIO] = ['js/core/builtin', 'js/audio/builtin'];

export const ENTRIES = [
  { out: 'index', source: 'js/entries/index.ts', brings: [`${CORE}/embedded.ts`] },
  { out: 'methods', source: 'js/entries/methods.ts', brings: [`${CORE}/embedded.ts`] },
  { out: 'audio', source: 'js/entries/audio.ts', brings: [`${AUDIO}/embedded.ts`] },
  {
    out: 'recogniser',
    source: 'js/entries/recogniser.ts',
    brings: [`${CORE}/embedded.ts`, `${AUDIO}/embedded.ts`],
  },
  { out: 'io', source: 'js/entries/io.ts' },
  { out: 'corpora', source: 'js/entries/corpora.ts' },
  { out: 'emodb', source: 'js/io/emodb/index.ts' },
  { out: 'worker', source: 'js/entries/worker.ts' },
  { out: 'node', source: 'js/entries/node.ts', brings: [`${CORE}/embedded.ts`, `${AUDIO}/embedded.ts`] },

  { out: 'edge/index', source: 'js/entries/index.ts', brings: [`${CORE}/static.ts`] },
  { out: 'edge/methods', source: 'js/entries/methods.ts', brings: [`${CORE}/static.ts`] },
  { out: 'edge/audio', source: 'js/entries/audio.ts', brings: [`${AUDIO}/static.ts`] },
  {
    out: 'edge/recogniser',
    source: 'js/entries/recogniser.ts',
    brings: [`${CORE}/static.ts`, `${AUDIO}/static.ts`],
  },
  { out: 'edge-light/index', source: 'js/entries/index.ts', brings: [`${CORE}/light.ts`] },
  { out: 'edge-light/methods', source: 'js/entries/methods.ts', brings: [`${CORE}/light.ts`] },
  { out: 'edge-light/audio', source: 'js/entries/audio.ts', brings: [`${AUDIO}/light.ts`] },
  {
    out: 'edge-light/recogniser',
    source: 'js/entries/recogniser.ts',
    brings: [`${CORE}/light.ts`, `${AUDIO}/light.ts`],
  },
  { out: 'slim/index', source: 'js/entries/index.ts', load: `${CORE}/slim.ts` },
  { out: 'slim/methods', source: 'js/entries/methods.ts', load: `${CORE}/slim.ts` },

  // The command line, and the scripts of threads.
  { out: 'cli', source: 'js/cli/main.ts', brings: [`${CORE}/embedded.ts`, `${AUDIO}/embedded.ts`] },
  { out: 'extract-worker', source: 'js/cli/extract-worker.ts', brings: [`${AUDIO}/embedded.ts`] },
  { out: 'command-thread', source: 'js/cli/command-thread.ts', brings: [`${CORE}/embedded.ts`] },
  { out: 'worker-thread', source: 'js/outside/worker/worker-thread.ts', brings: [`${CORE}/embedded.ts`] },
];

/** @param {string} name of an entry: `index`, `methods`, `io`, … */
export const sourceOf = (name) => ENTRIES.find(({ out }) => out === name).source;
