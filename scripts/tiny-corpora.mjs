/**
 * Four tiny corpora in the layouts and under the file names of Berlin EmoDB, CASIA, eNTERFACE'05 (its sound) and
 * EEKC, spoken by espeak-ng: an emotion is a rate, a pitch and a loudness, a speaker a voice. Nobody will learn
 * about emotions from them; a whole study can run on them in a minute. The same version of espeak-ng gives
 * the same bytes.
 *
 *   node scripts/tiny-corpora.mjs FOLDER [--texts N]     N texts a speaker and emotion (default 3)
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How an emotion sounds: words a minute, pitch (0–99), loudness (0–200). */
const MANNERS = {
  anger: { rate: 230, pitch: 60, loudness: 190 },
  boredom: { rate: 105, pitch: 25, loudness: 70 },
  disgust: { rate: 130, pitch: 20, loudness: 110 },
  fear: { rate: 260, pitch: 92, loudness: 90 },
  happiness: { rate: 205, pitch: 80, loudness: 140 },
  neutral: { rate: 170, pitch: 45, loudness: 100 },
  sadness: { rate: 95, pitch: 35, loudness: 50 },
  surprise: { rate: 190, pitch: 99, loudness: 160 },
};

const GERMAN = ['Der Lappen liegt dort', 'Das will sie abgeben', 'In sieben Stunden'];
const MANDARIN = ['今天下雨', '他来了', '明天见'];
const ENGLISH = ['what is this', 'I did not know', 'this is it'];
const ESTONIAN = ['tere hommikust', 'kuhu sa lähed', 'ma ei tea'];

/** Texts of a language, as many as are asked for; beyond those listed they are said twice over. */
const text = (texts, i) => `${texts[i % texts.length]} `.repeat(1 + Math.floor(i / texts.length)).trim();

/** EmoDB's letters, texts and speakers: 03 and 15 are men, 08 and 14 women. */
function* emodb(texts) {
  const letters = {
    W: 'anger',
    L: 'boredom',
    E: 'disgust',
    A: 'fear',
    F: 'happiness',
    N: 'neutral',
    T: 'sadness',
  };
  const codes = ['a01', 'a02', 'a04', 'a05', 'a07', 'b01', 'b02', 'b03', 'b09', 'b10'];
  for (const [speaker, voice] of [
    ['03', 'de+m3'],
    ['08', 'de+f2'],
    ['14', 'de+f4'],
  ])
    for (const [letter, emotion] of Object.entries(letters))
      for (let i = 0; i < Math.min(texts, codes.length); i++)
        yield {
          file: `emodb/wav/${speaker}${codes[i]}${letter}a.wav`,
          voice,
          emotion,
          text: text(GERMAN, i),
        };
}

function* casia(texts) {
  const folders = ['angry', 'fear', 'happy', 'neutral', 'sad', 'surprise'];
  const emotions = ['anger', 'fear', 'happiness', 'neutral', 'sadness', 'surprise'];
  for (const [speaker, voice] of [
    ['liuchanhg', 'cmn+f3'],
    ['wangzhe', 'cmn+m1'],
    ['ZhaoZuoxiang', 'cmn+m7'],
  ])
    for (const [k, folder] of folders.entries())
      for (let i = 0; i < texts; i++)
        yield {
          file: `casia/${speaker}/${folder}/${201 + i}.wav`,
          voice,
          emotion: emotions[k],
          text: text(MANDARIN, i),
        };
}

/** Subject 11's files are called s12_…, as they are in the original. */
function* enterface(texts) {
  const emotions = ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise'];
  for (const [subject, called, voice] of [
    [1, 's1', 'en-us+m2'],
    [11, 's12', 'en-us+f1'],
    [12, 's12', 'en-us+m5'],
  ])
    for (const emotion of emotions)
      for (let i = 0; i < Math.min(texts, 5); i++) {
        const folder = `enterface/subject ${subject}/${emotion}/sentence ${i + 1}`;
        const file = `${folder}/${called}_${emotion.slice(0, 2)}_${i + 1}.wav`;
        yield { file, voice, emotion, text: text(ENGLISH, i) };
      }
}

/** One woman reads; a TextGrid beside each file tells what. */
function* eekc(texts) {
  const words = { anger: 'anger', joy: 'happiness', neutral: 'neutral', sadness: 'sadness' };
  let number = 37;
  for (const [word, emotion] of Object.entries(words))
    for (let i = 0; i < 3 * texts; i++, number += 2)
      yield {
        file: `eekc/${number}.wav`,
        voice: 'et+f2',
        emotion,
        text: text(ESTONIAN, i),
        faster: i,
        beside: [`eekc/${number}.TextGrid`, textGrid(word, text(ESTONIAN, i))],
      };
}

/** A TextGrid in Praat's long format with the tiers that EEKC's have and these need. */
function textGrid(emotion, sentence) {
  const tier = (i, name, said) => [
    `    item [${i}]:`,
    '        class = "IntervalTier"',
    `        name = "${name}"`,
    '        xmin = 0',
    '        xmax = 1',
    '        intervals: size = 1',
    '        intervals [1]:',
    '            xmin = 0',
    '            xmax = 1',
    `            text = "${said}"`,
  ];
  const head = ['File type = "ooTextFile"', 'Object class = "TextGrid"', '', 'xmin = 0', 'xmax = 1'];
  const tiers = [
    'tiers? <exists>',
    'size = 2',
    'item []:',
    ...tier(1, 'sentence', sentence),
    ...tier(2, 'emotion', emotion),
  ];
  return `${[...head, ...tiers].join('\n')}\n`;
}

/**
 * Makes the four corpora as folders `emodb`, `casia`, `enterface`, `eekc` below `folder`.
 *
 * @param {string} folder
 * @param {number} [texts] texts a speaker and emotion
 * @returns {string[]} the wav files, relative to the folder
 */
export function makeTinyCorpora(folder, texts = 3) {
  const files = [];
  for (const utterances of [emodb, casia, enterface, eekc])
    for (const { file, voice, emotion, text: said, faster = 0, beside } of utterances(texts)) {
      const { rate, pitch, loudness } = MANNERS[emotion];
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      const manner = [
        '-v',
        voice,
        '-s',
        String(rate + 3 * faster),
        '-p',
        String(pitch),
        '-a',
        String(loudness),
      ];
      execFileSync('espeak-ng', [...manner, '-w', path, said], { stdio: ['ignore', 'ignore', 'inherit'] });
      if (beside) writeFileSync(join(folder, beside[0]), beside[1]);
      files.push(file);
    }
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, option, count, ...more] = process.argv.slice(2);
  const texts = option === '--texts' ? Number(count) : option === undefined ? 3 : NaN;
  if (folder === undefined || !Number.isInteger(texts) || texts < 1 || more.length > 0) {
    console.error('node scripts/tiny-corpora.mjs FOLDER [--texts N]');
    process.exit(2);
  }
  console.log(`${makeTinyCorpora(folder, texts).length} recordings in ${folder}`);
}
