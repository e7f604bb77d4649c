/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'b299839551268ab803a9f770a78fec6e10eaaf51b5acb9e8e165f958d402a386';
