/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '9502a06854f236c2ffcaaf5c83173ef91e31e661afc43e6dabd0075cc343fc0c';
