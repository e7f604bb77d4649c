import { isHidden, type KnownCorpus, placeOf, type Utterance } from '../known-corpus.js';
import { readTextGrid } from '../textgrid.js';

// Files: ERTK (Strong-AI-Lab/emotion, datasets/EESC) and the corpus's card in DagsHub/audio-datasets:
// 37.wav beside 37.TextGrid, whose tiers "emotion" and "sentence" tell what is read; one woman's voice. The card
// counts 1234 sentences, Luo & Han 2019 used 1164 of four emotions.
const EMOTIONS = {
  anger: 'anger',
  joy: 'happiness',
  neutral: 'neutral',
  sadness: 'sadness',
  // The same in Estonian.
  viha: 'anger',
  rõõm: 'happiness',
  neutraalne: 'neutral',
  kurbus: 'sadness',
};

function parse(path: string): Utterance | null {
  const id = isHidden(path) ? undefined : /(?:^|\/)(\d+)$/.exec(placeOf(path))?.[1];
  return id === undefined ? null : { id, speaker: 'f1', sex: 'f', label: null, emotion: null, text: null };
}

const firstOf = (texts: readonly string[] | undefined): string | null =>
  texts?.map((text) => text.trim()).find((text) => text !== '') ?? null;

export const EEKC: KnownCorpus = {
  name: 'eekc',
  title: 'Estonian Emotional Speech Corpus',
  language: 'Estonian',
  releases: [
    { name: 'of four emotions, as in Luo & Han 2019', utterances: 1164, speakers: 1 },
    { name: 'every sentence', utterances: 1234, speakers: 1 },
  ],
  emotions: EMOTIONS,
  layout: '37.wav beside 37.TextGrid, which holds its emotion',
  where: 'https://doi.org/10.15155/3-00-0000-0000-0000-0001AL',
  licence: 'CC BY 4.0 (a badge on one card says CC BY-NC)',
  citation:
    'R. Altrov, H. Pajupuu: Estonian emotional speech corpus: theoretical base and implementation. ES3, Istanbul 2012',
  parse,
  annotation: {
    extension: '.TextGrid',
    read: (file) => {
      const tiers = readTextGrid(file);
      return {
        label: firstOf(tiers.get('emotion'))?.toLowerCase() ?? null,
        text: firstOf(tiers.get('sentence')),
      };
    },
  },
};
