/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'c31db9f72065370e140566ea32c37f63c3cef0b9df1758dfa77a65e8852bd1f7';
