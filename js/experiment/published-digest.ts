/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '176eb621156e653871d7e67900dc5bc446181ea92d48c040f54bea8b728c989f';
