// Does this runtime compute the published bits? The fixed fits and their digest.
export { type DigestOptions, type FixedFit, fixedFitDigest } from './digest.js';
export { PUBLISHED_DIGEST } from './published-digest.js';
