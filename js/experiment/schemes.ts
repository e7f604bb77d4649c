// The schemes of the paper: which corpus is learnt from, and which one is recognised.
import { checkOneOf } from '../data/index.js';

/** A source corpus, a target corpus, and the emotions that both have. */
export interface Scheme {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** In class order. */
  readonly emotions: readonly string[];
}

/** The four schemes of Table 2 of Luo & Han 2019, in its order. */
export const SCHEMES: readonly Scheme[] = [
  { name: 'e2E', source: 'enterface', target: 'eekc', emotions: ['anger', 'happiness', 'sadness'] },
  { name: 'E2B', source: 'eekc', target: 'emodb', emotions: ['anger', 'happiness', 'neutral', 'sadness'] },
  {
    name: 'B2C',
    source: 'emodb',
    target: 'casia',
    emotions: ['anger', 'fear', 'happiness', 'neutral', 'sadness'],
  },
  {
    name: 'C2e',
    source: 'casia',
    target: 'enterface',
    emotions: ['anger', 'fear', 'happiness', 'sadness', 'surprise'],
  },
];

/**
 * One of {@link SCHEMES}.
 * @throws {SatnmfError} `bad-argument` for another name, with a suggestion
 */
export function schemeByName(name: string): Scheme {
  const names = SCHEMES.map((scheme) => scheme.name);
  return SCHEMES[names.indexOf(checkOneOf('schemes', name, names))];
}
