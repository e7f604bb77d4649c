import { type KnownCorpus, parserOf, times } from '../known-corpus.js';

// All from github.com/CheyneyComputerScience/CREMA-D: names and the 20 that are missing from 91 x 82
// (SentenceFilenames.csv), sex (VideoDemographics.csv), licence (LICENSE.txt); broken ones: its issues.
const EMOTIONS = {
  ANG: 'anger',
  DIS: 'disgust',
  FEA: 'fear',
  HAP: 'happiness',
  NEU: 'neutral',
  SAD: 'sadness',
};
const LABELS = Object.keys(EMOTIONS);
const SENTENCES = ['TIE', 'IOM', 'IWW', 'TAI', 'MTI', 'IWL', 'ITH', 'DFA', 'ITS', 'TSI', 'WSI'];
const ABSENT = /^(1002_TIE_NEU|1008_WSI_...|1009_MTI_...|1019_ITH_...|1076_ITS_NEU)_XX$/;

/** Sex of actors 1001 to 1091. */
const SEX = 'mfffmfffffmffmmmmfmffmmffmmfffmmmmmmfmmmmmfmmffmfmmfffffmfmffmfmmmmmmmmfffffmffmmfmfmmmmfmf';

/** "It's eleven o'clock" is spoken at three levels, all others at one, XX. */
function ids(): string[] {
  return times(91, (i) => String(1001 + i)).flatMap((actor) =>
    [
      `${actor}_IEO_NEU_XX`,
      ...LABELS.filter((label) => label !== 'NEU').flatMap((label) =>
        ['LO', 'MD', 'HI'].map((level) => `${actor}_IEO_${label}_${level}`),
      ),
      ...SENTENCES.flatMap((sentence) => LABELS.map((label) => `${actor}_${sentence}_${label}_XX`)),
    ].filter((id) => !ABSENT.test(id)),
  );
}

export const CREMA_D: KnownCorpus = {
  name: 'crema-d',
  title: 'CREMA-D',
  language: 'English (United States)',
  releases: [
    {
      name: 'as published',
      utterances: 7442,
      speakers: 91,
      emotions: { anger: 1271, disgust: 1271, fear: 1271, happiness: 1271, neutral: 1087, sadness: 1271 },
      ids,
    },
  ],
  emotions: EMOTIONS,
  layout: 'AudioWAV/1001_DFA_ANG_XX.wav',
  where: 'https://github.com/CheyneyComputerScience/CREMA-D',
  licence: 'ODbL 1.0, its contents DbCL 1.0',
  citation:
    'H. Cao, D. G. Cooper, M. K. Keutmann, R. C. Gur, A. Nenkova, R. Verma: CREMA-D: crowd-sourced emotional multimodal actors dataset. IEEE Trans. Affective Computing 5(4), 2014',
  parse: parserOf({
    pattern: /(?:^|\/)(?<speaker>1\d{3})_(?<text>[A-Z]{3})_(?<label>[A-Z]{3})_(?<level>LO|MD|HI|XX?)$/,
    emotions: EMOTIONS,
    sex: (speaker) => {
      const sex = SEX[Number(speaker) - 1001];
      return sex === 'f' || sex === 'm' ? sex : null;
    },
    // Copies have a 1040_ITH_SAD_X.
    id: ({ speaker, text, label, level }) => [speaker, text, label, level.replace(/^X$/, 'XX')].join('_'),
  }),
  faults: [
    { id: /^1076_MTI_SAD_XX$/, why: 'has no signal' },
    { id: /^1064_IEO_DIS_MD$/, why: 'is a minute long and holds every emotion' },
  ],
};
