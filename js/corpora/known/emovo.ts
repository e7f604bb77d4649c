import { each, type KnownCorpus, parserOf } from '../known-corpus.js';

// Names and counts: the corpus's own description ("La struttura di EMOVO"): emotion, actor, sentence.
const EMOTIONS = {
  dis: 'disgust',
  gio: 'happiness',
  neu: 'neutral',
  pau: 'fear',
  rab: 'anger',
  sor: 'surprise',
  tri: 'sadness',
};
const SPEAKERS = ['f1', 'f2', 'f3', 'm1', 'm2', 'm3'];
const SENTENCES = 'b1 b2 b3 l1 l2 l3 l4 n1 n2 n3 n4 n5 d1 d2'.split(' ');

export const EMOVO: KnownCorpus = {
  name: 'emovo',
  title: 'EMOVO',
  language: 'Italian',
  releases: [
    {
      name: 'as published',
      utterances: 588,
      speakers: 6,
      emotions: each(EMOTIONS, 84),
      perSpeaker: Object.fromEntries(SPEAKERS.map((speaker) => [speaker, 98])),
      ids: () =>
        SPEAKERS.flatMap((speaker) =>
          Object.keys(EMOTIONS).flatMap((label) => SENTENCES.map((text) => `${label}-${speaker}-${text}`)),
        ),
    },
  ],
  emotions: EMOTIONS,
  layout: 'f1/dis-f1-b1.wav',
  where: 'http://voice.fub.it/activities/corpora/emovo/index.html',
  licence: 'research; some copies say CC BY-NC-SA',
  citation:
    'G. Costantini, I. Iaderola, A. Paoloni, M. Todisco: EMOVO corpus: an Italian emotional speech database. LREC 2014',
  parse: parserOf({
    pattern: /(?:^|\/)(?<label>[a-z]{3})-(?<speaker>[fm][1-3])-(?<text>[a-z]\d)$/,
    emotions: EMOTIONS,
    sex: (speaker) => (speaker.startsWith('f') ? 'f' : 'm'),
  }),
};
