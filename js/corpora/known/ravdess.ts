import { type KnownCorpus, parserOf, type Release, times } from '../known-corpus.js';

// Names and counts: the record at zenodo.org/records/1188976. Fields: modality (01 video with sound, 02 without,
// 03 sound), channel (01 speech, 02 song), emotion, intensity, statement, repetition, actor. Actor 18 does
// not sing.
const EMOTIONS = {
  '01': 'neutral',
  '02': 'calm',
  '03': 'happiness',
  '04': 'sadness',
  '05': 'anger',
  '06': 'fear',
  '07': 'disgust',
  '08': 'surprise',
};

const two = (number: number): string => String(number).padStart(2, '0');

/** Two repetitions of two statements at two intensities (neutral: one), by every actor of a channel. */
function idsOf(channel: string, emotions: readonly string[], actors: readonly number[]): string[] {
  return actors.flatMap((actor) =>
    emotions.flatMap((emotion) =>
      (emotion === '01' ? ['01'] : ['01', '02']).flatMap((intensity) =>
        times(4, (i) =>
          ['03', channel, emotion, intensity, two(1 + (i >> 1)), two(1 + (i & 1)), two(actor)].join('-'),
        ),
      ),
    ),
  );
}

const ACTORS = times(24, (i) => i + 1);
const speech = () => idsOf('01', Object.keys(EMOTIONS).sort(), ACTORS);
const song = () =>
  idsOf(
    '02',
    ['01', '02', '03', '04', '05', '06'],
    ACTORS.filter((actor) => actor !== 18),
  );

const SPEECH_COUNTS = {
  anger: 192,
  calm: 192,
  disgust: 192,
  fear: 192,
  happiness: 192,
  neutral: 96,
  sadness: 192,
  surprise: 192,
};
const SONG_COUNTS = { anger: 184, calm: 184, fear: 184, happiness: 184, neutral: 92, sadness: 184 };
const BOTH_COUNTS = Object.fromEntries(
  Object.entries(SPEECH_COUNTS).map(([emotion, count]) => [
    emotion,
    count + ((SONG_COUNTS as Record<string, number>)[emotion] ?? 0),
  ]),
);
const RELEASES: readonly Release[] = [
  { name: 'speech', utterances: 1440, speakers: 24, emotions: SPEECH_COUNTS, ids: speech },
  { name: 'song', utterances: 1012, speakers: 23, emotions: SONG_COUNTS, ids: song },
  {
    name: 'speech and song',
    utterances: 2452,
    speakers: 24,
    emotions: BOTH_COUNTS,
    ids: () => [...speech(), ...song()],
  },
];

export const RAVDESS: KnownCorpus = {
  name: 'ravdess',
  title: 'RAVDESS',
  language: 'English (North America)',
  releases: RELEASES,
  emotions: EMOTIONS,
  layout: 'Actor_01/03-01-06-01-02-01-01.wav',
  where: 'https://zenodo.org/records/1188976',
  licence: 'CC BY-NC-SA 4.0',
  citation:
    'S. R. Livingstone, F. A. Russo: The Ryerson audio-visual database of emotional speech and song (RAVDESS). PLoS ONE 13(5), 2018',
  parse: parserOf({
    pattern: /(?:^|\/)0[13]-0[12]-(?<label>\d\d)-0[12]-(?<text>0[12])-0[12]-(?<speaker>\d\d)$/,
    emotions: EMOTIONS,
    sex: (speaker) => (Number(speaker) % 2 === 0 ? 'f' : 'm'),
  }),
};
