import { each, type KnownCorpus, parserOf, type Sex, times } from '../known-corpus.js';

// Folders and names of the 1200 utterances that are in circulation (4 speakers x 6 emotions x texts 201–250):
// public repositories that read them, which agree; sex of the speakers: one of them names its voices by it. The
// institute's own corpus has 9600 (400 texts); part of it spells speakers `Chang.Liu` and neutral `normal`.
const EMOTIONS = {
  angry: 'anger',
  fear: 'fear',
  happy: 'happiness',
  neutral: 'neutral',
  normal: 'neutral',
  sad: 'sadness',
  surprise: 'surprise',
};
const SPEAKERS = ['liuchanhg', 'wangzhe', 'zhaoquanyin', 'ZhaoZuoxiang'];
const SEX: Readonly<Record<string, Sex>> = {
  liuchanhg: 'f',
  liuchang: 'f',
  'chang.liu': 'f',
  zhaoquanyin: 'f',
  'quanyin.zhao': 'f',
  wangzhe: 'm',
  'zhe.wang': 'm',
  zhaozuoxiang: 'm',
  'zuoxiang.zhao': 'm',
};
const LABELS = 'angry|fear|happy|neutral|normal|sad|surprise';
const idOf = ({ speaker, label, text }: Readonly<Record<string, string>>): string =>
  `${speaker.toLowerCase()}/${label}/${text}`;
const sex = (speaker: string): Sex | null => SEX[speaker.toLowerCase()] ?? null;

const inFolders = parserOf({
  pattern: new RegExp(`(?:^|/)(?<speaker>[^/]+)/(?<label>${LABELS})/(?<text>\\d{3})$`),
  emotions: EMOTIONS,
  sex,
  id: idOf,
});
// Some copies put the folders into the names: 201-sad-zhaoquanyin.wav.
const byName = parserOf({
  pattern: new RegExp(`(?:^|/)(?<text>\\d{3})-(?<label>${LABELS})-(?<speaker>[A-Za-z.]+)$`),
  emotions: EMOTIONS,
  sex,
  id: idOf,
});

/** Anybody may have folders of emotions with numbered files: the numbers or the speaker must be CASIA's. */
function parse(path: string) {
  const found = inFolders(path) ?? byName(path);
  if (found === null) return null;
  const number = Number(found.text);
  return found.sex !== null || (number >= 201 && number <= 250) ? found : null;
}

const PUBLISHED = ['angry', 'fear', 'happy', 'neutral', 'sad', 'surprise'];

export const CASIA: KnownCorpus = {
  name: 'casia',
  title: 'CASIA Chinese emotional corpus',
  language: 'Mandarin',
  releases: [
    {
      name: 'the 50 texts in circulation',
      utterances: 1200,
      speakers: 4,
      emotions: each(EMOTIONS, 200),
      perSpeaker: Object.fromEntries(SPEAKERS.map((speaker) => [speaker, 300])),
      ids: () =>
        SPEAKERS.flatMap((speaker) =>
          PUBLISHED.flatMap((label) => times(50, (i) => idOf({ speaker, label, text: String(201 + i) }))),
        ),
    },
    { name: 'the whole corpus', utterances: 9600, speakers: 4, emotions: each(EMOTIONS, 1600) },
  ],
  emotions: EMOTIONS,
  layout: 'speaker/emotion/201.wav, such as liuchanhg/angry/201.wav',
  where: 'Chinese Linguistic Data Consortium; catalogue entry http://shachi.org/resources/27',
  licence: 'on request, by agreement with the Institute of Automation',
  citation: 'Institute of Automation, Chinese Academy of Sciences: CASIA Chinese emotional speech corpus',
  parse,
};
