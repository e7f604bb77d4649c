import { each, type KnownCorpus, parserOf } from '../known-corpus.js';

// Names and counts: the record at doi.org/10.5683/SP2/E8H2MF (2 women, 200 words, 7 emotions). "ps" is pleasant
// surprise. One file of the copies in circulation, OA_bite_neutral.wav, lacks the F of its speaker.
const EMOTIONS = {
  angry: 'anger',
  disgust: 'disgust',
  fear: 'fear',
  happy: 'happiness',
  neutral: 'neutral',
  ps: 'surprise',
  sad: 'sadness',
};

const parse = parserOf({
  pattern: /(?:^|\/)(?<speaker>OAF?|YAF)_(?<text>[a-z]+)_(?<label>[a-z]+)$/,
  emotions: EMOTIONS,
  sex: () => 'f',
});

export const TESS: KnownCorpus = {
  name: 'tess',
  title: 'Toronto Emotional Speech Set',
  language: 'English (Canada)',
  releases: [
    {
      name: 'as published',
      utterances: 2800,
      speakers: 2,
      emotions: each(EMOTIONS, 400),
      perSpeaker: { OAF: 1400, YAF: 1400 },
    },
  ],
  emotions: EMOTIONS,
  layout: 'OAF_back_angry.wav, in one folder or in folders such as OAF_angry',
  where: 'https://doi.org/10.5683/SP2/E8H2MF',
  licence: 'CC BY-NC-ND 4.0',
  citation: 'M. K. Pichora-Fuller, K. Dupuis: Toronto emotional speech set (TESS). Borealis, 2020',
  parse: (path) => {
    const found = parse(path);
    if (found?.speaker !== 'OA') return found;
    return { ...found, id: found.id.replace(/^OA_/, 'OAF_'), speaker: 'OAF' };
  },
};
