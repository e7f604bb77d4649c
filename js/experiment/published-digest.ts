/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'b8a0bf59d526dd6c82910771e2ef5d0b160a8322476d0d4e1c4611ec55a682ce';
