import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../../../../../js/cli/screen/exit-code.js';
import { CORPUS_NAMES } from '../../../../../js/entries/corpora.js';
import { readTableFile } from '../../../../../js/entries/node.js';
import { babble, pcmFile } from '../../../audio/synthetic.js';
import { captured } from '../../captured.js';
import { Folder } from '../../tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

/** Recordings under given names, or files with given content. */
function files(name: string, contents: Readonly<Record<string, string | null>>): string {
  Object.entries(contents).forEach(([file, content], seed) => {
    mkdirSync(dirname(folder.at(`${name}/${file}`)), { recursive: true });
    writeFileSync(folder.at(`${name}/${file}`), content ?? pcmFile(babble(6400 + 160 * seed, seed + 1)));
  });
  return folder.at(name);
}
const recordings = (name: string, names: readonly string[]): string =>
  files(name, Object.fromEntries(names.map((file) => [file, null])));

const grid = (emotion: string): string =>
  `File type = "ooTextFile"\nObject class = "TextGrid"\nitem [1]:\nclass = "IntervalTier"\nname = "emotion"\ntext = "${emotion}"\n`;

const SAVEE = ['DC/a01.wav', 'DC/sa01.wav', 'JE/h02.WAV', 'JE/n30.wav'];

async function extracted(args: readonly string[]) {
  const output = folder.at(`t${folder.list().length}.npy`);
  const { code, err } = await captured(['extract', ...args, '-o', output, '--no-cache', '--jobs', '1']);
  return { code, err, table: await readTableFile(output) };
}

describe('satnmf corpora list', () => {
  it('names each corpus with its extent, licence and source', async () => {
    const { code, out, err } = await captured(['corpora', 'list']);
    expect([code, err]).toEqual([0, '']);
    for (const name of CORPUS_NAMES) expect(out).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'));
    expect(out).toMatch(/enterface .* 1257 \/ 1260 \/ 1287 \/ 1293 \| MIT /);
  });

  it('is one JSON object with --json', async () => {
    const { out } = await captured(['corpora', 'list', '--json']);
    const { corpora } = JSON.parse(out) as { corpora: { name: string; emotions: string[] }[] };
    expect(corpora.map(({ name }) => name)).toEqual(CORPUS_NAMES);
    expect(corpora[0].emotions).toHaveLength(7);
  });
});

describe('satnmf corpora check', () => {
  it('says what is missing, extra, twice, unmappable and unreadable; exit code 1', async () => {
    const rec = files('savee', {
      ...Object.fromEntries(SAVEE.map((file) => [file, null])),
      'copy/DC_a01.wav': null,
      'DC/x01.wav': null,
      'DC/other.wav': null,
      'DC/f01.wav': 'RIFF, but no more',
      'DC/d01.wav': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      '.DS_Store': '',
      'DC/._a01.wav': '',
    });
    const { code, out, err } = await captured(['corpora', 'check', rec, '-q']);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^SAVEE: 7 utterances of 480 \(as published\) in 9 recordings\n/);
    expect(out).toMatch(/\| anger +\| +1 \| +60 \|/);
    expect(out).toMatch(/^missing: 474: DC\/a02, .*, and 464 more$/m);
    expect(out).toMatch(/^not of the corpus: 2: "DC\/other\.wav", "DC\/x01\.wav"$/m);
    expect(out).toMatch(/^more than once: 1: "DC\/a01\.wav" = "copy\/DC_a01\.wav"$/m);
    expect(out).toMatch(/^no word for the emotion "x": 1$/m);
    expect(out).toMatch(/^unreadable: 2: "DC\/d01\.wav" is a Git LFS pointer.*, "DC\/f01\.wav" /m);
    expect(out).toMatch(/^licence: research, on registration\nwhere: http.*\ncite: /m);
    const json = await captured(['corpora', 'check', rec, '--json', '-q']);
    expect([json.code, JSON.parse(json.out)]).toEqual([
      1,
      expect.objectContaining({ corpus: 'savee', recordings: 9, utterances: 7, complete: false }),
    ]);
  });

  it('tells videos from recordings', async () => {
    const rec = files('videos', { 'subject 1/anger/sentence 1/s1_an_1.avi': 'RIFF' });
    const { code, out } = await captured(['corpora', 'check', rec, '-q']);
    expect(code).toBe(1);
    expect(out).toMatch(/unreadable: 1: .* is a video: take out its sound, with ffmpeg/);
    const predicted = await captured(['predict', rec]);
    expect([predicted.code, predicted.err]).toEqual([2, expect.stringContaining('1 videos such as')]);
  });

  it('is content with folders of emotions: exit code 0', async () => {
    const rec = recordings('own', ['anger/1.wav', 'sad/1.wav', 'sad/2.wav']);
    const { code, out, err } = await captured(['corpora', 'check', rec]);
    expect(code).toBe(0);
    expect(err).toMatch(/own: is recognised by its folders of emotions \(3 recordings\)\n/);
    expect(out).toMatch(/Nothing is missing, and nothing is there that should not be\.\n$/);
  });

  it.each([
    [
      'none',
      ['a.wav', 'b.wav'],
      /is no corpus that is known by its layout \(2 recordings\)\. Known are emodb/,
    ],
    ['two', ['03a01Fa.wav', 'dis-f1-b1.wav'], /holds several corpora \(emodb, emovo\)/],
    ['numbers', ['1.wav', '2.wav'], /is no corpus/],
  ])('refuses a folder that is %s: exit code 2', async (name, list, sentence) => {
    const { code, out, err } = await captured(['corpora', 'check', recordings(name, list)]);
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(sentence)]);
  });

  it('refuses what is no folder, and no argument', async () => {
    for (const args of [
      ['corpora', 'check', folder.at('nowhere')],
      ['corpora', 'check'],
      ['corpora', 'chek'],
    ])
      expect((await captured(args)).code).toBe(2);
  });

  it('stops at Ctrl-C', async () => {
    const interrupt = new AbortController();
    interrupt.abort(new Interrupted());
    const { code } = await captured(['corpora', 'check', recordings('stop', SAVEE)], {
      signal: interrupt.signal,
    });
    expect(code).toBe(130);
  });
});

describe('labels of recordings', () => {
  it('come from the layout of a known corpus, and stderr says so', async () => {
    const rec = recordings('layout', SAVEE);
    const { code, err, table } = await extracted([rec]);
    expect(code).toBe(0);
    expect(err).toMatch(/layout: is recognised as SAVEE \(4 of 4 recordings\); labels come from there\n/);
    expect(table.emotion).toEqual(['anger', 'sadness', 'happiness', 'neutral']);
    expect(table.speaker).toEqual(['DC', 'DC', 'JE', 'JE']);
    expect(table.extra['sex']).toEqual(['m', 'm', 'm', 'm']);
    expect(table.extra['text']).toEqual(['a01', 'sa01', 'h02', 'n30']);
  });

  it('come from the TextGrid beside each recording, in UTF-16 too', async () => {
    const rec = files('eekc', {
      '37.wav': null,
      '37.TextGrid': grid('joy'),
      '39.wav': null,
      '39.TextGrid': '',
    });
    writeFileSync(`${rec}/39.TextGrid`, Buffer.from(`\ufeff${grid('sadness')}`, 'utf16le'));
    expect((await extracted([rec])).table.emotion).toEqual(['happiness', 'sadness']);
    writeFileSync(`${rec}/39.TextGrid`, grid('vastuoluline'));
    const { err, table } = await extracted([rec, '--label-map', 'x=anger']);
    expect(table.emotion).toEqual(['happiness', null]);
    expect(err).toMatch(/1 recordings of "vastuoluline" have no emotion; --label-map vastuoluline=…/);
    const mapped = await extracted([rec, '--label-map', 'vastuoluline=neutral']);
    expect(mapped.table.emotion).toEqual(['happiness', 'neutral']);
    writeFileSync(`${rec}/37.TextGrid`, '');
    writeFileSync(`${rec}/39.TextGrid`, '');
    expect((await extracted([rec])).table.emotion).toEqual([null, null]);
  });

  it('from a labels.csv or a regular expression go before', async () => {
    const rec = recordings('explicit', SAVEE);
    const byRegex = await extracted([
      rec,
      '--label-regex',
      '^(?<emotion>s?a)',
      '--label-map',
      'a=fear,sa=calm',
    ]);
    expect(byRegex.table.emotion).toEqual(['fear', 'calm', null, null]);
    expect(byRegex.err).not.toMatch(/recognised/);
    writeFileSync(`${rec}/labels.csv`, 'file,emotion\nDC/a01.wav,surprise\n');
    const byTable = await extracted([rec]);
    expect(byTable.table.emotion).toEqual(['surprise', null, null, null]);
    expect(byTable.err).not.toMatch(/recognised/);
  });

  it('that are missing, of strange files or of several corpora are warned of', async () => {
    const { err, table } = await extracted([
      recordings('strange', [...SAVEE, 'DC/other.wav', 'copy/DC_a01.wav']),
    ]);
    expect(table.emotion).toEqual(['anger', null, 'sadness', 'happiness', 'neutral', 'anger']);
    expect(err).toMatch(/warning: .*1 recordings are not those of SAVEE, such as "DC\/other\.wav"/);
    expect(err).toMatch(/warning: .*1 utterances are there more than once, such as "DC\/a01\.wav" and "copy/);
    const both = await extracted([recordings('both', ['03a01Fa.wav', 'dis-f1-b1.wav'])]);
    expect(both.table.emotion).toEqual([null, null]);
    expect(both.err).toMatch(/warning: .*both: holds several corpora \(emodb, emovo\)/);
  });

  it('make a folder a source and a target without further options', async () => {
    const speakers = ['DC', 'JE', 'JK', 'KL'];
    const source = recordings(
      'source',
      speakers.flatMap((one) => [`${one}/a01.wav`, `${one}/sa01.wav`]),
    );
    const target = recordings('target', ['rab-f1-b1.wav', 'tri-f1-b1.wav', 'rab-m1-b1.wav', 'tri-m1-b1.wav']);
    const args = ['--source', source, '--target', target, '--method', 'svm', '-q', '--json'];
    const { code, out } = await captured(['evaluate', ...args]);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ sourceRows: 8, targetRows: 4, classes: ['anger', 'sadness'] }),
    ]);
    const predicted = await captured(['predict', target, '--source', source, '--method', 'svm', '-q']);
    expect(predicted.out.trimEnd().split('\n')).toHaveLength(5);
  });
});
