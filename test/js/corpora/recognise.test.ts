import { describe, expect, it } from 'vitest';
import { annotated, checkCorpus, recogniseCorpus } from '../../../js/entries/corpora.js';
import { EEKC } from '../../../js/corpora/known/eekc.js';
import { readTextGrid } from '../../../js/corpora/textgrid.js';
import * as names from './names.js';

const few = ['wav/03a01Fa.wav', 'wav/08a02Na.wav', 'wav/16b10Wb.wav'];
const checkOf = (paths: readonly string[]) => {
  const { corpus, recordings, sentence } = recogniseCorpus(paths);
  if (corpus === null) throw new Error(sentence);
  return checkCorpus(corpus, recordings);
};

describe('names that are not quite right', () => {
  it('hidden files, and files without sound, are not looked at', () => {
    const rubbish = [
      '.DS_Store',
      'wav/.DS_Store',
      'wav/._03a01Fa.wav',
      '__MACOSX/wav/._08a02Na.wav',
      'a.txt',
    ];
    const { corpus, recordings } = recogniseCorpus([...rubbish, ...few]);
    expect([corpus?.name, recordings.length]).toEqual(['emodb', 3]);
    expect(recogniseCorpus(few.map((path) => `../corpora/./${path}`)).corpus?.name).toBe('emodb');
  });

  it('a video whose sound lies beside it is not looked at', () => {
    const avi = names.enterface('avi');
    const { corpus, recordings } = recogniseCorpus([...avi, ...names.enterface('wav').slice(1)]);
    expect([corpus?.name, recordings.length]).toEqual(['enterface', 1293]);
    expect(recordings.filter(({ path }) => path.endsWith('.avi')).map(({ path }) => path)).toEqual([avi[0]]);
  });

  it('extensions may be capital letters, and separators those of Windows', () => {
    const paths = few.map((path) => path.replace('/', '\\').replace('.wav', '.WAV'));
    const { corpus, recordings } = recogniseCorpus(paths);
    expect(corpus?.name).toBe('emodb');
    expect(recordings.map(({ path, utterance }) => [path, utterance?.id])).toEqual([
      ['wav\\03a01Fa.WAV', '03a01Fa'],
      ['wav\\08a02Na.WAV', '08a02Na'],
      ['wav\\16b10Wb.WAV', '16b10Wb'],
    ]);
    const casia = names.casia().map((path) => `C:\\corpora\\CASIA\\${path.replaceAll('/', '\\')}`);
    expect(checkOf(casia)).toMatchObject({ corpus: 'casia', utterances: 1200, complete: true });
  });

  it('typing errors are extra, and what they should have been is missing', () => {
    const paths = names.emovo().map((path) => path.replace('dis-f1-b1', 'dsi_f1_b1'));
    const check = checkOf(paths);
    expect(check.extra).toEqual(['EMOVO/f1/dsi_f1_b1.wav']);
    expect(check.missing).toEqual({ count: 1, ids: ['dis-f1-b1'] });
    expect(check.complete).toBe(false);
  });

  it('a name of the scheme that the corpus does not have is extra', () => {
    expect(checkOf([...names.cremaD(), 'AudioWAV/1002_TIE_NEU_XX.wav']).extra).toEqual([
      'AudioWAV/1002_TIE_NEU_XX.wav',
    ]);
  });

  it('two files of one utterance are named', () => {
    const again = names.ravdess('01').map((path) => `audio_speech_actors_01-24/${path}`);
    const check = checkOf([...names.ravdess('01'), ...again]);
    expect(check).toMatchObject({ recordings: 2880, utterances: 1440, complete: false });
    expect(check.twice).toHaveLength(1440);
    expect(check.twice[0]).toEqual([
      'Actor_01/03-01-01-01-01-01-01.wav',
      'audio_speech_actors_01-24/Actor_01/03-01-01-01-01-01-01.wav',
    ]);
  });

  it('emotions without a word in the vocabulary are listed, not dropped', () => {
    const check = checkOf([...few, 'wav/03a01Xa.wav', 'wav/08a01Xa.wav']);
    expect(check.unmappable).toEqual([{ label: 'X', recordings: 2 }]);
    expect(check).toMatchObject({ utterances: 5, complete: false });
  });

  it('what is missing is counted by emotion where names do not tell', () => {
    const check = checkOf(names.tess().filter((path) => !path.includes('YAF_angry') && !/_bar_/.test(path)));
    expect(check.missing).toEqual({ count: 200 + 13, ids: null });
    expect(check.emotions.find(({ name }) => name === 'anger')).toEqual({
      name: 'anger',
      found: 199,
      official: 400,
    });
  });

  it('half a channel of RAVDESS is missing its other half, not complete as the other channel', () => {
    const check = checkOf(names.ravdess('01').slice(0, 1000));
    expect(check.release?.name).toBe('speech');
    expect(check.missing.count).toBe(440);
  });
});

describe('a folder that is', () => {
  it('empty or without recordings says so', () => {
    for (const paths of [[], ['.DS_Store', 'readme.txt']])
      expect(recogniseCorpus(paths)).toMatchObject({ corpus: null, sentence: 'holds no recordings' });
  });

  it('nothing that is known says so, and what comes nearest', () => {
    expect(recogniseCorpus(['rec/a.wav', 'rec/b.wav']).sentence).toBe(
      'is no corpus that is known by its layout (2 recordings)',
    );
    const mostly = [...few.slice(0, 1), ...Array.from({ length: 30 }, (_, i) => `x${i}.wav`)];
    expect(recogniseCorpus(mostly)).toMatchObject({
      corpus: null,
      sentence: expect.stringContaining('only 1 of 31 recordings are called as in Berlin EmoDB'),
    });
  });

  it.each([
    [
      [...names.emovo(), ...names.savee()],
      ['emovo', 'savee'],
    ],
    [
      [...names.casia(), ...names.emovo(), ...names.savee(), ...names.urdu()],
      ['casia', 'emovo', 'savee', 'urdu'],
    ],
  ])('several corpora names them', (paths, candidates) => {
    const found = recogniseCorpus(paths);
    expect(found.corpus).toBeNull();
    expect([...found.candidates].sort()).toEqual(candidates);
    expect(found.sentence).toMatch(/^holds several corpora \(.*\): name the folder of one of them$/);
  });

  it('one corpus with a few strange files is that corpus', () => {
    const { corpus, recordings } = recogniseCorpus([...names.savee(), 'AudioData/test.wav', 'x/03a01Fa.wav']);
    expect(corpus?.name).toBe('savee');
    expect(recordings.filter(({ utterance }) => utterance === null)).toHaveLength(2);
  });
});

describe('folders of emotions', () => {
  const own = ['Angry', 'happy', 'SAD', 'sarcasm'].flatMap((emotion) =>
    ['anna', 'ben'].flatMap((speaker) => [`${speaker}/${emotion}/1.wav`, `${speaker}/${emotion}/take 2.mp3`]),
  );

  it('give emotion and speaker, whichever is inside', () => {
    for (const paths of [own, own.map((path) => path.replace(/^(\w+)\/(\w+)/, '$2/$1'))]) {
      const { corpus, recordings } = recogniseCorpus(paths);
      expect(corpus?.name).toBe('folders');
      const said = recordings.map(({ utterance }) => [utterance?.speaker, utterance?.emotion]);
      expect(said.slice(0, 2)).toEqual([
        ['anna', 'anger'],
        ['anna', 'anger'],
      ]);
      expect(new Set(said.map(([speaker]) => speaker))).toEqual(new Set(['anna', 'ben']));
    }
    expect(checkOf(own).unmappable).toEqual([{ label: 'sarcasm', recordings: 4 }]);
  });

  it('in parts of a corpus give no speakers', () => {
    for (const parts of [
      ['train', 'test'],
      ['data', 'data'],
    ]) {
      const paths = own.map((path, i) => path.replace(/^\w+/, parts[i % 2]));
      const { recordings } = recogniseCorpus([...new Set(paths)]);
      expect(recordings.every(({ utterance }) => utterance !== null && utterance.speaker === null)).toBe(
        true,
      );
    }
  });

  it('with numbered files are not taken for CASIA', () => {
    expect(recogniseCorpus(own.map((path) => path.replace(/[^/]+$/, '007.wav'))).corpus?.name).toBe(
      'folders',
    );
  });
});

describe('TextGrid files', () => {
  const long = [
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 1.5\ntiers? <exists>\nsize = 2\nitem []:',
    '  item [1]:\n    class = "IntervalTier"\n    name = "emotion"\n    intervals [1]:\n      text = "joy"',
    '  item [2]:\n    class = "IntervalTier"\n    name = "sentence"\n    intervals [1]:\n      text = "Ta ütles ""ei""."',
  ].join('\n');
  const short =
    '"ooTextFile"\n"TextGrid"\n0\n1.5\n<exists>\n2\n"IntervalTier"\n"emotion"\n0\n1.5\n1\n0\n1.5\n"joy"\n' +
    '"IntervalTier"\n"sentence"\n0\n1.5\n1\n0\n1.5\n"Ta ütles ""ei""."\n';
  const utterance = { id: '37', speaker: 'f1', sex: 'f', label: null, emotion: null, text: null } as const;

  it.each([
    ['long', long],
    ['short', short],
  ])("in Praat's %s format tell emotion and sentence", (_, file) => {
    expect(readTextGrid(file).get('emotion')).toEqual(['joy']);
    expect(annotated(EEKC, utterance, file)).toEqual({
      ...utterance,
      label: 'joy',
      emotion: 'happiness',
      text: 'Ta ütles "ei".',
    });
  });

  it('without what is looked for tell nothing', () => {
    for (const file of [
      '',
      'RIFF',
      '"IntervalTier"',
      '"IntervalTier" "emotion" ""',
      long.replace('emotion', 'x'),
    ])
      expect(annotated(EEKC, utterance, file).emotion).toBeNull();
    expect(annotated(EEKC, utterance, long.replace('joy', 'vastuoluline'))).toMatchObject({
      label: 'vastuoluline',
      emotion: null,
    });
  });
});
