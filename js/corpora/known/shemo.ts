import { type KnownCorpus, parserOf } from '../known-corpus.js';

// Names, counts and licence: github.com/pariajm/sharif-emotional-speech-dataset. The last two digits count a
// speaker's utterances of an emotion; they name no text.
const EMOTIONS = { A: 'anger', F: 'fear', H: 'happiness', N: 'neutral', S: 'sadness', W: 'surprise' };

export const SHEMO: KnownCorpus = {
  name: 'shemo',
  title: 'ShEMO',
  language: 'Persian',
  releases: [{ name: 'as published', utterances: 3000, speakers: 87 }],
  emotions: EMOTIONS,
  layout: 'female/F01A01.wav, male/M01A01.wav',
  where: 'https://github.com/pariajm/sharif-emotional-speech-dataset',
  licence: 'academic use free of charge (the card at Hugging Face says Apache 2.0)',
  citation:
    'O. Mohamad Nezami, P. Jamshid Lou, M. Karami: ShEMO: a large-scale validated database for Persian speech emotion detection. Language Resources and Evaluation 53(1), 2019',
  parse: parserOf({
    pattern: /(?:^|\/)(?<speaker>[FM]\d\d)(?<label>[A-Z])\d\d$/,
    emotions: EMOTIONS,
    sex: (speaker) => (speaker.startsWith('F') ? 'f' : 'm'),
  }),
};
