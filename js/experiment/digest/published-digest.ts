/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '279d08d82f76ca6042ca6ba79858bb214239a2b76b364ff70eb02e5de9d55314';
