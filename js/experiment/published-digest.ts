/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'f360b15163cc22a99b9f0af69090b154cf6d5795b530cd447d40bd647592fcba';
