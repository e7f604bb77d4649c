/**
 * Complete lists of the file names of corpora, made from what is published about their names (the sources are with the
 * parsers in js/corpora/known), on purpose not with the same code. Names only.
 */

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
const two = (number: number): string => String(number).padStart(2, '0');

export function casia(): string[] {
  return ['liuchanhg', 'wangzhe', 'zhaoquanyin', 'ZhaoZuoxiang'].flatMap((speaker) =>
    ['angry', 'fear', 'happy', 'neutral', 'sad', 'surprise'].flatMap((emotion) =>
      range(201, 250).map((text) => `${speaker}/${emotion}/${text}.wav`),
    ),
  );
}

/**
 * 44 folders as the archive has them: subject 6 not cut into sentences, three sentences of subject 23 not there (which
 * ones is not published: those here stand for them), subject 11's names those of subject 12, and two
 * of the 23 names with typing errors.
 */
export function enterface(extension: string): string[] {
  const files: string[] = [];
  for (const subject of range(1, 44))
    for (const emotion of ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise']) {
      const folder = `subject ${subject}/${emotion}`;
      const code = emotion.slice(0, 2);
      if (subject === 6) files.push(`${folder}/s6_${code}.${extension}`);
      else
        for (const sentence of range(1, 5)) {
          if (subject === 23 && emotion === 'surprise' && sentence > 2) continue;
          let name = `s${subject === 11 ? 12 : subject}_${code}_${sentence}`;
          if (subject === 3 && emotion === 'happiness') name = `s_3_${code}_${sentence}`;
          if (name === 's16_su_3') name = 's16_su_3avi';
          files.push(`${folder}/sentence ${sentence}/${name}.${extension}`);
        }
    }
  return files;
}

/** Numbers with gaps, each beside its TextGrid. */
export function eekc(count: number): string[] {
  return range(1, count).flatMap((i) => [`Dataset/${35 + 2 * i}.wav`, `Dataset/${35 + 2 * i}.TextGrid`]);
}

/** @param channel 01 speech, 02 song */
export function ravdess(channel: '01' | '02'): string[] {
  const files: string[] = [];
  for (const actor of range(1, 24)) {
    if (channel === '02' && actor === 18) continue;
    for (const emotion of range(1, channel === '01' ? 8 : 6))
      for (const intensity of emotion === 1 ? [1] : [1, 2])
        for (const statement of [1, 2])
          for (const repetition of [1, 2])
            files.push(
              `Actor_${two(actor)}/03-${channel}-${[emotion, intensity, statement, repetition, actor].map(two).join('-')}.wav`,
            );
  }
  return files;
}

/** Words of the kind that the carrier phrase "Say the word …" has: 200, as there; which ones is all the same here. */
const WORDS = (
  'back bar base bath bean beg bite boat bone book bought burn cab calm came cause chain chair chalk chat check cheek ' +
  'chief choice cool dab date dead death deep dime dip ditch dodge dog doll door fail fall far fat fit five food gap ' +
  'gas gaze germ get gin goal good goose gun half hall hash hate have haze hire hit hole home hurl hush jail jar join ' +
  'judge jug juice keen keep keg kick kill king kite knock late laud lean learn lease lid limb live loaf long lore ' +
  'lose lot love luck make match merge mess met mill mob mode mood moon mop mouse nag name near neat nice note numb ' +
  'pad page pain pass pearl peg perch phone pick pike pole pool puff rag raid rain raise rat reach read red ring ripe ' +
  'road room rose rot rough rush said sail search seize sell shack shall shawl sheep shirt should shout size soap ' +
  'soup sour south sub such sure take talk tape team tell thin third thought thumb time tip tire ton tool top tough ' +
  'turn vine voice void vote wag walk wash week wheat when which whip white wife wire witch yearn yes young youth'
).split(' ');

/** The folders as they are in circulation, and the one name that lacks a letter. */
export function tess(): string[] {
  const files: string[] = [];
  const folders = { angry: 'angry', disgust: 'disgust', fear: 'Fear', happy: 'happy', neutral: 'neutral' };
  for (const speaker of ['OAF', 'YAF'])
    for (const [emotion, folder] of Object.entries({ ...folders, ps: 'Pleasant_surprise', sad: 'Sad' }))
      for (const word of WORDS) {
        const short = speaker === 'OAF' && word === 'bite' && emotion === 'neutral';
        files.push(`${speaker}_${folder}/${short ? 'OA' : speaker}_${word}_${emotion}.wav`);
      }
  return files;
}

/** 91 actors, 12 sentences, six emotions, the first sentence at three levels: 20 were never published. */
export function cremaD(): string[] {
  const sentences = 'IEO TIE IOM IWW TAI MTI IWL ITH DFA ITS TSI WSI'.split(' ');
  const absent: Record<number, string[]> = { 1008: ['WSI'], 1009: ['MTI'], 1019: ['ITH'] };
  const files: string[] = [];
  for (const actor of range(1001, 1091))
    for (const sentence of sentences) {
      if (absent[actor]?.includes(sentence)) continue;
      for (const emotion of ['NEU', 'HAP', 'SAD', 'ANG', 'FEA', 'DIS']) {
        const stem = `${actor}_${sentence}_${emotion}`;
        if (stem === '1002_TIE_NEU' || stem === '1076_ITS_NEU') continue;
        const levels = sentence === 'IEO' && emotion !== 'NEU' ? ['LO', 'MD', 'HI'] : ['XX'];
        for (const level of levels) files.push(`AudioWAV/${stem}_${level}.wav`);
      }
    }
  return files;
}

export function savee(): string[] {
  return ['DC', 'JE', 'JK', 'KL'].flatMap((speaker) =>
    ['a', 'd', 'f', 'h', 'n', 'sa', 'su'].flatMap((emotion) =>
      range(1, emotion === 'n' ? 30 : 15).map((i) => `AudioData/${speaker}/${emotion}${two(i)}.wav`),
    ),
  );
}

export function emovo(): string[] {
  return ['f1', 'f2', 'f3', 'm1', 'm2', 'm3'].flatMap((speaker) =>
    ['dis', 'gio', 'neu', 'pau', 'rab', 'sor', 'tri'].flatMap((emotion) =>
      ['b1', 'b2', 'b3', 'l1', 'l2', 'l3', 'l4', 'n1', 'n2', 'n3', 'n4', 'n5', 'd1', 'd2'].map(
        (text) => `EMOVO/${speaker}/${emotion}-${speaker}-${text}.wav`,
      ),
    ),
  );
}

/** All 400, by how many files a speaker has: each speaker's sentences and the emotion's files are counted through. */
export function urdu(): string[] {
  const counts = {
    Angry: { SM1: 22, SM2: 28, SM3: 2, SM4: 48 },
    Happy: {
      ...{ SF1: 12, SF2: 2, SF3: 2, SF4: 4, SF5: 4, SF6: 14, SF7: 6, SF8: 2 },
      ...{ SM17: 2, SM18: 2, SM19: 2, SM3: 2, SM5: 8, SM6: 10, SM7: 28 },
    },
    Neutral: { SF9: 4, SM20: 10, SM21: 4, SM22: 2, SM3: 8, SM5: 72 },
    Sad: { SF10: 2, SF11: 4, SM23: 6, SM24: 38, SM25: 40, SM26: 2, SM27: 4, SM6: 4 },
  };
  return Object.entries(counts).flatMap(([folder, speakers]) => {
    let file = 0;
    return Object.entries(speakers).flatMap(([speaker, count]) =>
      range(1, count).map((text) => `${folder}/${speaker}_F${text}_${folder[0]}0${++file}.wav`),
    );
  });
}

/** Every name that the scheme has: 4481 of these 4860 were recorded. */
export function nemo(): string[] {
  return ['EB0', 'IC0', 'KD0', 'KS0', 'MK0', 'MP0', 'SM0', 'TP0', 'WR0'].flatMap((speaker) =>
    ['anger', 'fear', 'happiness', 'neutral', 'sadness', 'surprised'].flatMap((emotion) =>
      range(1, 90).map((text) => `samples/${speaker}_${emotion}_${text}.wav`),
    ),
  );
}

/** 3000 names of 31 women and 56 men by the scheme; how many of each speaker and emotion there are is not published. */
export function shemo(): string[] {
  const speakers = [
    ...range(1, 31).map((i) => `female/F${two(i)}`),
    ...range(1, 56).map((i) => `male/M${two(i)}`),
  ];
  const all = range(1, 6).flatMap((number) =>
    speakers.flatMap((speaker) => [...'AFHNSW'].map((emotion) => `${speaker}${emotion}${two(number)}.wav`)),
  );
  return all.slice(0, 3000);
}
