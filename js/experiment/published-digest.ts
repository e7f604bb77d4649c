/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '492ec37fa11ba7885bbc0a466b439e45855f619c51cb709821c6ae6a2aefd7fb';
