import { type KnownCorpus, parserOf } from '../known-corpus.js';

// Names: the documentation at emodb.bilderbar.info (positions 1–2 speaker, 3–5 text, 6 emotion by the first
// letter of its German word, 7 version). Counts: the 535 files published there.
const EMOTIONS = {
  W: 'anger',
  L: 'boredom',
  E: 'disgust',
  A: 'fear',
  F: 'happiness',
  N: 'neutral',
  T: 'sadness',
};
const WOMEN = ['08', '09', '13', '14', '16'];

export const EMODB: KnownCorpus = {
  name: 'emodb',
  title: 'Berlin EmoDB',
  language: 'German',
  releases: [
    {
      name: 'as published',
      utterances: 535,
      speakers: 10,
      emotions: { anger: 127, boredom: 81, disgust: 46, fear: 69, happiness: 71, neutral: 79, sadness: 62 },
      perSpeaker: {
        '03': 49,
        '08': 58,
        '09': 43,
        '10': 38,
        '11': 55,
        '12': 35,
        '13': 61,
        '14': 69,
        '15': 56,
        '16': 71,
      },
    },
  ],
  emotions: EMOTIONS,
  layout: '03a01Fa.wav: speaker 03, text a01, emotion F, version a; usually in wav/',
  where: 'http://emodb.bilderbar.info/',
  licence: 'free to use with credit',
  citation:
    'F. Burkhardt, A. Paeschke, M. Rolfes, W. Sendlmeier, B. Weiss: A database of German emotional speech. Interspeech 2005',
  parse: parserOf({
    pattern: /(?:^|\/)(?<speaker>\d\d)(?<text>[ab]\d\d)(?<label>[A-Z])[a-z]?$/,
    emotions: EMOTIONS,
    sex: (speaker) => (WOMEN.includes(speaker) ? 'f' : 'm'),
  }),
};
