/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '5f23b7d2ec81f839c292e7ecf3cd7f19387ec4b375ec077e564c35e9694ad7e1';
