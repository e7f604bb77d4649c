/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '335450b0ad6f47c3f4e2bb22356693f5e52bb910a13c933e9389c44f75324007';
