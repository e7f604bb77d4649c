/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'e0d42869bd9472fadf0eabf00b16082027da3fb782c3fd6b4589b291656c9cda';
