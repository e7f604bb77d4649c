/**
 * Schemes: which corpus teaches which one what.
 *
 * @module
 */
import { EMOTIONS, classesOf } from '../data/emotions.js';
import { quote } from '../data/quote.js';
import { didYouMean } from '../data/suggest.js';
import { SatnmfError } from '../errors.js';
import { CORPUS_NAMES, findCorpus } from '../corpora/registry.js';

/** A source corpus, a target corpus, and the emotions that both have. */
export interface Scheme {
  readonly name: string;
  /** Names of corpora. */
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

/** What a scheme may name beyond the known corpora, for {@link checkScheme}. */
export interface SchemeContext {
  /** Corpora of the plan by the names it gives them. Default: those known by name. */
  readonly corpora?: readonly string[];
  /** For messages: where the scheme stands. Default `"scheme"`. */
  readonly argument?: string;
}

const FIELDS = ['name', 'source', 'target', 'emotions'];

/** Emotions that both corpora are known to have; null if one of them is not known by name. */
export function commonEmotionsOf(source: string, target: string): string[] | null {
  const [a, b] = [findCorpus(source), findCorpus(target)];
  if (a === null || b === null) return null;
  const known = new Set(Object.values(b.emotions));
  return classesOf(Object.values(a.emotions).filter((emotion) => known.has(emotion)));
}

/**
 * A scheme from what somebody wrote: the name of one of {@link SCHEMES}, or an object with its fields. Emotions may
 * be left out where both corpora are known by name: all that they share.
 *
 * @throws {SatnmfError} `bad-argument` for what is no scheme: a field missing, misspelt or of the wrong type, a
 *   corpus that is not known (with a suggestion), source and target the same; `unknown-class` for an emotion
 *   that is no word of the vocabulary or that one of the corpora does not have; `one-class` for fewer than two
 */
export function checkScheme(value: unknown, context: SchemeContext = {}): Scheme {
  const { corpora = CORPUS_NAMES, argument = 'scheme' } = context;
  const fail = (what: string, why: string, expected: string, actual: unknown): never => {
    throw new SatnmfError('bad-argument', `"${what}" ${why}`, {
      argument: what,
      expected,
      actual: typeof actual === 'string' ? actual : JSON.stringify(actual),
    });
  };
  if (typeof value === 'string') {
    const names = SCHEMES.map(({ name }) => name);
    const scheme = SCHEMES.find(({ name }) => name === value);
    if (scheme === undefined)
      return fail(
        argument,
        `must be one of ${names.join(', ')} or an object, got ${quote(value)}.${didYouMean(value, names)}`,
        names.join(', '),
        value,
      );
    return checkScheme(scheme, context);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(argument, `must be a name or an object with ${FIELDS.join(', ')}`, 'an object', value);
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields))
    if (!FIELDS.includes(key))
      fail(
        `${argument}.${key}`,
        `is no field of a scheme; known: ${FIELDS.join(', ')}.${didYouMean(key, FIELDS)}`,
        FIELDS.join(', '),
        key,
      );
  const word = (key: string): string => {
    const text = fields[key];
    if (typeof text !== 'string' || text.trim() === '')
      return fail(`${argument}.${key}`, 'must be a word', 'a word', text ?? null);
    return text;
  };
  const corpusName = (key: string): string => {
    const name = word(key);
    if (corpora.includes(name)) return name;
    return fail(
      `${argument}.${key}`,
      `must be one of ${corpora.join(', ')}, got ${quote(name)}.${didYouMean(name, corpora)}`,
      corpora.join(', '),
      name,
    );
  };
  const [name, source, target] = [word('name'), corpusName('source'), corpusName('target')];
  if (source === target)
    fail(`${argument}.target`, `must be another corpus than the source, ${source}`, 'another corpus', target);
  const common = commonEmotionsOf(source, target);
  const given = fields['emotions'] ?? common;
  if (!Array.isArray(given) || given.some((emotion) => typeof emotion !== 'string'))
    return fail(
      `${argument}.emotions`,
      `must be a list of emotions: ${source} and ${target} are not both known by name`,
      EMOTIONS.join(', '),
      fields['emotions'] ?? null,
    );
  return { name, source, target, emotions: checkEmotions(given as string[], source, target, argument) };
}

/** @throws {SatnmfError} see {@link checkScheme} */
function checkEmotions(
  emotions: readonly string[],
  source: string,
  target: string,
  argument: string,
): string[] {
  const what = `${argument}.emotions`;
  for (const emotion of emotions) {
    if (!EMOTIONS.includes(emotion))
      throw new SatnmfError(
        'unknown-class',
        `"${what}": ${quote(emotion)} is none of ${EMOTIONS.join(', ')}.${didYouMean(emotion, EMOTIONS)}`,
        { argument: what, expected: EMOTIONS.join(', '), actual: emotion },
      );
    for (const name of [source, target]) {
      const known = Object.values(findCorpus(name)?.emotions ?? {});
      if (known.length > 0 && !known.includes(emotion))
        throw new SatnmfError(
          'unknown-class',
          `"${what}": ${name} has no ${emotion}, only ${classesOf(known).join(', ')}`,
          { argument: what, expected: classesOf(known).join(', '), actual: emotion },
        );
    }
  }
  const classes = classesOf(emotions);
  if (classes.length < 2)
    throw new SatnmfError(
      'one-class',
      `"${what}" must name at least two emotions, got ${classes.join(', ') || 'none'}`,
      { argument: what, expected: 'at least two', actual: classes.join(', ') },
    );
  return classes;
}
