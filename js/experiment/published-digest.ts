/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'ce80f0f655226d20dbf7708cabb7efa410c7ae6dd9f99e1aaa39e11844147ebf';
