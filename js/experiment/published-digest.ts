/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'f301b15d086f17432e0c025320370917a8059d1436264b3ce550e605689a91dc';
