// Where do the corpora lie before and after adaptation? Two principal components of features and of codes.
export { type Adaptation, adaptationOf, adaptationWithin } from './adaptation.js';
export type { Plane } from './plane.js';
