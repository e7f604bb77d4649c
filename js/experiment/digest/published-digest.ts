/**
 * Written by `npm run digest:write`.
 *
 * @module
 */

/** What `fixedFitDigest()` gives on every runtime. */
export const PUBLISHED_DIGEST = '355f2cfe802e35c838ba566beed9b69b72b9c4c53ab9cce4c83f1780fd36df83';
