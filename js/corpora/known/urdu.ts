import { each, type KnownCorpus, parserOf } from '../known-corpus.js';

// Names: the files of github.com/siddiquelatif/URDU-Dataset. Its README counts 38 speakers, the names tell
// 29 apart.
const EMOTIONS = { A: 'anger', H: 'happiness', N: 'neutral', S: 'sadness' };

export const URDU: KnownCorpus = {
  name: 'urdu',
  title: 'URDU',
  language: 'Urdu',
  releases: [{ name: 'as published', utterances: 400, speakers: 29, emotions: each(EMOTIONS, 100) }],
  emotions: EMOTIONS,
  layout: 'Angry/SM1_F10_A010.wav',
  where: 'https://github.com/siddiquelatif/URDU-Dataset',
  licence: 'research only',
  citation:
    'S. Latif, A. Qayyum, M. Usman, J. Qadir: Cross lingual speech emotion recognition: Urdu vs. Western languages. FIT 2018',
  parse: parserOf({
    pattern: /(?:^|\/)(?<speaker>S[FM]\d+)_(?<text>F\d+)_(?<label>[A-Z])\d+$/,
    emotions: EMOTIONS,
    sex: (speaker) => (speaker[1] === 'F' ? 'f' : 'm'),
  }),
};
