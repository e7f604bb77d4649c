import { type KnownCorpus, parserOf } from '../known-corpus.js';

// Names, sex (data.tsv), licence and count: github.com/amu-cai/nEMO. 90 sentences, not every one by every actor in
// every emotion.
const EMOTIONS = {
  anger: 'anger',
  fear: 'fear',
  happiness: 'happiness',
  neutral: 'neutral',
  sadness: 'sadness',
  surprised: 'surprise',
};
const WOMEN = ['EB0', 'IC0', 'KD0', 'MK0'];
const MEN = ['KS0', 'MP0', 'SM0', 'TP0', 'WR0'];

export const NEMO: KnownCorpus = {
  name: 'nemo',
  title: 'nEMO',
  language: 'Polish',
  releases: [{ name: 'as published', utterances: 4481, speakers: 9 }],
  emotions: EMOTIONS,
  layout: 'samples/EB0_anger_1.wav',
  where: 'https://github.com/amu-cai/nEMO',
  licence: 'CC BY-NC-SA 4.0',
  citation: 'I. Christop: nEMO: dataset of emotional speech in Polish. LREC-COLING 2024',
  parse: parserOf({
    pattern: /(?:^|\/)(?<speaker>[A-Z]{2}\d)_(?<label>[a-z]+)_(?<text>\d+)$/,
    emotions: EMOTIONS,
    sex: (speaker) => (WOMEN.includes(speaker) ? 'f' : MEN.includes(speaker) ? 'm' : null),
  }),
};
