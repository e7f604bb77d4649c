/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '6de4ada6b83e2da49be905df1e5f26f9b62d4bf25616c745ea368b3a458acf54';
