import { type KnownCorpus, parserOf, times } from '../known-corpus.js';

// Names and counts: Info.txt in the corpus's AudioData (4 men; 15 sentences an emotion, 30 neutral).
const EMOTIONS = {
  a: 'anger',
  d: 'disgust',
  f: 'fear',
  h: 'happiness',
  n: 'neutral',
  sa: 'sadness',
  su: 'surprise',
};
const SPEAKERS = ['DC', 'JE', 'JK', 'KL'];
const idOf = ({ speaker, text }: Readonly<Record<string, string>>): string => `${speaker}/${text}`;

export const SAVEE: KnownCorpus = {
  name: 'savee',
  title: 'SAVEE',
  language: 'English (Britain)',
  releases: [
    {
      name: 'as published',
      utterances: 480,
      speakers: 4,
      emotions: { anger: 60, disgust: 60, fear: 60, happiness: 60, neutral: 120, sadness: 60, surprise: 60 },
      perSpeaker: Object.fromEntries(SPEAKERS.map((speaker) => [speaker, 120])),
      ids: () =>
        SPEAKERS.flatMap((speaker) =>
          Object.keys(EMOTIONS).flatMap((label) =>
            times(label === 'n' ? 30 : 15, (i) =>
              idOf({ speaker, text: `${label}${String(i + 1).padStart(2, '0')}` }),
            ),
          ),
        ),
    },
  ],
  emotions: EMOTIONS,
  layout: 'AudioData/DC/a01.wav, or DC_a01.wav in one folder',
  where: 'http://kahlan.eps.surrey.ac.uk/savee/',
  licence: 'research, on registration',
  citation: 'S. Haq, P. J. B. Jackson: Speaker-dependent audio-visual emotion recognition. AVSP 2009',
  parse: parserOf({
    pattern: /(?:^|\/)(?<speaker>DC|JE|JK|KL)[/_]?(?<text>(?<label>sa|su|[a-z])\d\d)$/,
    emotions: EMOTIONS,
    sex: () => 'm',
    id: idOf,
  }),
};
