/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = 'a62a14eb7948d241799e731fa4c47002d2edefbda4df356f0e8c4e9ab0952a9f';
