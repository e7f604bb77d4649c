import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extract, lldNames } from '../../../../js/entries/audio.js';
import { Interrupted } from '../../../../js/cli/screen/exit-code.js';
import { compareNames } from '../../../../js/data/feature-sets/compare-2013.js';
import type { Corpus } from '../../../../js/data/corpus.js';
import { matrix } from '../../../../js/data/matrix.js';
import { readTableFile } from '../../../../js/entries/node.js';
import { babble, noise, pcmFile } from '../../audio/synthetic.js';
import { captured, type HowToRun } from '../captured.js';
import { Folder } from '../tables.js';

const folder = new Folder();
afterAll(() => folder.remove());

/** Six recordings in a folder and one in its folder; names tell speaker and emotion. */
const NAMES = ['01_W_1.wav', '01_N_1.wav', '02_W_1.wav', '02_N_1.wav', '03_T_2.WAV', '03_W_2.wav'];
const ORDER = [...NAMES, 'more/04_T_1.wav'].sort();

function recording(seed: number): Uint8Array {
  return pcmFile(seed % 2 === 0 ? noise(6400 + 160 * seed, 9000, seed) : babble(8000 + 160 * seed, seed));
}

/** A folder of recordings of its own. */
function recordings(name: string, names: readonly string[] = ORDER): string {
  names.forEach((file, seed) => {
    mkdirSync(dirname(folder.at(`${name}/${file}`)), { recursive: true });
    writeFileSync(folder.at(`${name}/${file}`), recording(seed));
  });
  return folder.at(name);
}

interface Report {
  readonly rows: number;
  readonly features: number;
  readonly recordings: number;
  readonly computed: number;
  readonly cached: number;
  readonly failed: readonly { readonly file: string; readonly message: string }[];
}

async function extracted(args: readonly string[], how: HowToRun = {}) {
  const { code, out, err } = await captured(['extract', ...args, '--json', '-q'], how);
  return { code, err, report: out === '' ? null : (JSON.parse(out) as Report) };
}

const rowOf = ({ features }: Corpus, i: number): Float32Array =>
  features.data.slice(i * features.cols, (i + 1) * features.cols);

let rec: string;
beforeAll(() => {
  rec = recordings('rec');
  // What is no audio, and what is hidden, is not looked at.
  writeFileSync(`${rec}/notes.txt`, 'no audio');
  writeFileSync(`${rec}/._01_W_1.wav`, 'no audio either');
});

describe('satnmf extract', () => {
  it('writes the values of extract() in the order of the paths, under the names of the set', async () => {
    const output = folder.at('values.npy');
    const { code, report } = await extracted([rec, '-o', output, '--no-cache', '--jobs', '1']);
    expect([code, report]).toEqual([0, expect.objectContaining({ rows: 7, features: 6373, computed: 7 })]);
    const table = await readTableFile(output);
    expect(table.columns).toEqual(compareNames());
    expect(table.file).toEqual(ORDER);
    for (const [i, name] of ORDER.entries()) {
      const { features, seconds } = await extract(readFileSync(`${rec}/${name}`));
      expect(rowOf(table, i)).toEqual(features.data);
      expect(table.extra['seconds'][i]).toBe(seconds.toFixed(3));
    }
  });

  it('gives the same bytes with two threads as with none', async () => {
    const [one, two] = [folder.at('one.npy'), folder.at('two.npy')];
    const first = await extracted([rec, '-o', one, '--no-cache', '--jobs', '1']);
    const second = await extracted([rec, '-o', two, '--no-cache', '--jobs', '2']);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.report?.computed).toBe(7);
    expect(readFileSync(two).equals(readFileSync(one))).toBe(true);
    expect(readFileSync(folder.at('two.csv'))).toEqual(readFileSync(folder.at('one.csv')));
  });

  it('writes CSV and ARFF tables with the same bits', async () => {
    await extracted([rec, '-o', folder.at('t.npy')]);
    const { features } = await readTableFile(folder.at('t.npy'));
    for (const output of ['t2.csv', 't3.arff']) {
      const { code } = await extracted([rec, '-o', folder.at(output)]);
      const table = await readTableFile(folder.at(output));
      expect([output, code]).toEqual([output, 0]);
      expect(table.features).toEqual(features);
      expect(table.columns).toEqual(compareNames());
    }
  });

  it('takes files, patterns and the options -I and -O, each file once', async () => {
    const output = folder.at('some.csv');
    const { code } = await extracted(['-I', `${rec}/0?_{W,N}_*.wav`, `${rec}/01_W_1.wav`, '-O', output]);
    const { file } = await readTableFile(output);
    expect(code).toBe(0);
    expect(file).toEqual(
      ORDER.filter((name) => /_[WN]_/.test(name) && !name.includes('/')).map((n) => `${rec}/${n}`),
    );
    await extracted([`${rec}/**/*_T_?.wav`, '-o', output]);
    expect((await readTableFile(output)).file).toEqual([`${rec}/more/04_T_1.wav`]);
  });

  it('calls recordings by their paths where two folders have one name', async () => {
    const other = recordings('other', ['01_W_1.wav', 'x.wav']);
    await extracted([rec, other, '-o', folder.at('both.csv')]);
    const { file } = await readTableFile(folder.at('both.csv'));
    expect(file).toHaveLength(9);
    expect(file).toContain(`${rec}/01_W_1.wav`);
    expect(file).toContain(`${other}/01_W_1.wav`);
    expect(file).toContain('x.wav');
  });

  it('writes a row of descriptors every 10 ms with --level lld', async () => {
    const wav = `${rec}/${ORDER[0]}`;
    const { report } = await extracted([wav, '-o', folder.at('lld.csv'), '--level', 'lld']);
    const table = await readTableFile(folder.at('lld.csv'));
    const expected = await extract(readFileSync(wav), { level: 'lld' });
    expect(report?.rows).toBe(expected.features.rows);
    expect(table.columns).toEqual(lldNames());
    expect(table.features).toEqual(expected.features);
    expect(table.extra['start'].slice(0, 3)).toEqual(['0.00', '0.01', '0.02']);
  });

  it('shows progress on stderr with the time that is left, and a summary', async () => {
    const { out, err } = await captured(['extract', rec, '-o', folder.at('p.csv'), '--no-cache']);
    expect(err).toMatch(/^ 10 %, about \d+ s left, 1 of 7, extract: /);
    expect(err).toMatch(/100 %, 7 of 7, extract: \S+\n$/);
    expect(out).toMatch(/p\.csv: 7 rows, 6373 features; 7 extracted, 0 from the cache, 0 left out; /);
  });

  it.each([
    [['no-such-folder/'], /there is no such file/],
    [[], /extract needs <recordings\.\.\.>/],
    [['*.none'], /matches no audio file/],
    [['.', '-o', 'x.xlsx'], /its extension must be/],
    [['.', '--jobs', '0'], /a whole number from 1 to 256/],
    [['.', '--level', 'frames'], /"level"/],
    [['.', '--label-regex', '(?<emoton>.)'], /"emoton" is none of speaker, emotion/],
    [['.', '--label-regex', '('], /must be a regular expression/],
    [['.', '--label-regex', '.'], /names no group/],
    [['.', '--label-map', 'W'], /code=emotion pairs/],
  ])('%j ends with 2', async (args, sentence) => {
    const { code, out, err } = await captured(['extract', '-o', folder.at('never.csv'), ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(existsSync(folder.at('never.csv'))).toBe(false);
  });
});

describe('recordings that cannot be read', () => {
  let mixed: string;
  beforeAll(() => {
    mixed = recordings('mixed', ['a.wav', 'c.wav', 'e.wav']);
    writeFileSync(`${mixed}/b.wav`, 'RIFF, but no more');
    writeFileSync(`${mixed}/d.wav`, pcmFile(noise(500, 1000)));
  });

  it.each(['1', '2'])('are told and left out with --jobs %s: exit code 1', async (jobs) => {
    const output = folder.at('mixed.csv');
    const { code, err, report } = await extracted([mixed, '-o', output, '--jobs', jobs, '--no-cache']);
    expect(code).toBe(1);
    expect(report?.failed.map(({ file }) => file)).toEqual([`${mixed}/b.wav`, `${mixed}/d.wav`]);
    expect(err).toMatch(
      /error: \S+b\.wav: .*\(bad-file\)\nerror: \S+d\.wav: is 31\.25 ms long.*\(bad-file\)\n/,
    );
    const table = await readTableFile(output);
    expect(table.file).toEqual(['a.wav', 'c.wav', 'e.wav']);
    expect(rowOf(table, 1)).toEqual((await extract(recording(1))).features.data);
  });

  it.each(['1', '2'])('stop everything with --strict and --jobs %s: exit code 2', async (jobs) => {
    const output = folder.at('strict.csv');
    const { code, err, report } = await extracted([mixed, '-o', output, '--jobs', jobs, '--strict']);
    expect([code, report]).toEqual([2, null]);
    expect(err).toMatch(/^error: \S+\.wav: .*\(bad-file\)\n$/);
    expect(existsSync(output)).toBe(false);
  });

  it('end with 2 if there are no others', async () => {
    const { code, err } = await extracted([`${mixed}/b.wav`, '-o', folder.at('none.csv')]);
    expect(code).toBe(2);
    expect(err).toMatch(/its only recording cannot be read/);
  });

  it('name the package that would read them', async () => {
    // Of the two decoders that this project does not install for its own demo page.
    const page = (codec: string) => `OggS${'\0'.repeat(24)}${codec}${'\0'.repeat(100)}`;
    for (const [codec, name] of [
      ['\x01vorbis', '@wasm-audio-decoders/ogg-vorbis'],
      ['OpusHead', 'ogg-opus-decoder'],
    ]) {
      writeFileSync(folder.at('song.ogg'), page(codec));
      const { code, err } = await extracted([folder.at('song.ogg'), '-o', folder.at('none.csv')]);
      expect(code).toBe(2);
      expect(err).toContain(`install the package ${name} (npm install ${name})`);
    }
  });
});

describe('the cache', () => {
  it('lies beside the folder; a second run computes nothing and writes the same', async () => {
    const where = folder.at('once');
    const wavs = recordings('once/wavs');
    const first = await extracted([wavs, '-o', folder.at('first.npy'), '--jobs', '2']);
    expect(first.report).toMatchObject({ computed: 7, cached: 0 });
    expect(readdirSync(where).sort()).toEqual(['.satnmf-cache', 'wavs']);
    copyFileSync(`${wavs}/01_W_1.wav`, `${wavs}/renamed.wav`);
    const second = await extracted([wavs, '-o', folder.at('second.npy')]);
    expect(second.report).toMatchObject({ computed: 0, cached: 8 });
    const [one, two] = [
      await readTableFile(folder.at('first.npy')),
      await readTableFile(folder.at('second.npy')),
    ];
    expect(two.features.data.slice(0, one.features.data.length)).toEqual(one.features.data);
    expect(rowOf(two, 7)).toEqual(rowOf(one, one.file.indexOf('01_W_1.wav')));
  });

  it('knows a recording by its content, and distrusts damaged features', async () => {
    const wavs = recordings('changed', ['a.wav', 'b.wav', 'c.wav']);
    const args = [wavs, '-o', folder.at('changed.csv'), '--cache', folder.at('kept')];
    expect((await extracted(args)).report?.computed).toBe(3);
    writeFileSync(`${wavs}/b.wav`, recording(5));
    expect((await extracted(args)).report).toMatchObject({ computed: 1, cached: 2 });
    expect(rowOf(await readTableFile(folder.at('changed.csv')), 1)).toEqual(
      (await extract(recording(5))).features.data,
    );
    const [version] = readdirSync(folder.at('kept'));
    const places = readdirSync(folder.at(`kept/${version}`));
    expect(places).toHaveLength(4);
    for (const place of places) {
      const bytes = readFileSync(folder.at(`kept/${version}/${place}`));
      bytes[bytes.length - 9] ^= 1;
      writeFileSync(folder.at(`kept/${version}/${place}`), bytes);
    }
    expect((await extracted(args)).report).toMatchObject({ computed: 3, cached: 0 });
  });

  it('is not written with --no-cache, and its absence is no failure', async () => {
    const wavs = recordings('bare/wavs', ['a.wav']);
    await extracted([wavs, '-o', folder.at('bare.csv'), '--no-cache']);
    expect(readdirSync(folder.at('bare'))).toEqual(['wavs']);
    const file = folder.write('no-folder', '');
    const { code, err } = await extracted([wavs, '-o', folder.at('bare.csv'), '--cache', file]);
    expect(code).toBe(0);
    expect(err).toMatch(/warning: features are not kept: /);
  });
});

describe('labels', () => {
  it('come from the names by a regular expression and a map', async () => {
    const args = ['--label-regex', '^(?<speaker>\\d+)_(?<emotion>.)', '--label-map', 'W=anger,T=Sadness'];
    const output = folder.at('regex.csv');
    const { code } = await extracted([rec, '-o', output, ...args, '--label-map', 'N=neutral']);
    const { speaker, emotion } = await readTableFile(output);
    const codes: Record<string, string> = { W: 'anger', T: 'sadness', N: 'neutral' };
    expect(code).toBe(0);
    expect(speaker).toEqual(ORDER.map((name) => /\d+/.exec(name)?.[0]));
    expect(emotion).toEqual(ORDER.map((name) => codes[/_(.)_/.exec(name)?.[1] ?? '']));
  });

  it('come from a table, and what it does not tell of stays unknown', async () => {
    const labels = folder.write(
      'l.csv',
      'file,speaker,sex,emotion,text\n01_W_1.wav,s1,f,Anger,t1\nmore/04_T_1.wav,s4,m,T,\ngone.wav,s9,m,fear,t9\n',
    );
    const output = folder.at('labelled.arff');
    const { code, err } = await extracted([
      rec,
      '-o',
      output,
      '--labels',
      labels,
      '--label-map',
      'T=sadness',
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/nothing about 5 of 7 recordings, such as "01_N_1\.wav"/);
    expect(err).toMatch(/1 of its rows belong to no recording/);
    const { emotion, speaker, extra } = await readTableFile(output);
    const at = (name: string) => ORDER.indexOf(name);
    expect(emotion.filter((one) => one !== null)).toEqual(['anger', 'sadness']);
    expect([emotion[at('01_W_1.wav')], speaker[at('more/04_T_1.wav')]]).toEqual(['anger', 's4']);
    expect([extra['sex'][at('01_W_1.wav')], extra['text'][at('01_W_1.wav')]]).toEqual(['f', 't1']);
  });

  it('come from the labels.csv of a folder, without being asked for', async () => {
    const wavs = recordings('own', ['a.wav', 'b.wav']);
    writeFileSync(`${wavs}/labels.csv`, 'file,emotion\nb.wav,anger\na.wav,fear\n');
    await extracted([wavs, '-o', folder.at('own.npy')]);
    expect((await readTableFile(folder.at('own.npy'))).emotion).toEqual(['fear', 'anger']);
  });
});

describe('outputs among recordings', () => {
  const TOLD = 'file,emotion\na.wav,anger\nb.wav,sadness\n';
  let wavs: string;
  let inside: string[];
  beforeAll(() => {
    wavs = recordings('written', ['a.wav', 'b.wav', 'more/c.wav']);
    writeFileSync(`${wavs}/labels.csv`, TOLD);
    writeFileSync(`${wavs}/more/labels.csv`, TOLD);
    inside = [`${wavs}/labels.csv`, `${wavs}/more/labels.csv`, `${wavs}/more/c.wav`];
  });

  it.each(['folder', 'pattern', 'file'])('are no labels and no recordings of a %s', async (kind) => {
    const input = { folder: wavs, pattern: `${wavs}/**/*.wav`, file: `${wavs}/more/c.wav` }[kind] as string;
    const before = inside.map((file) => readFileSync(file));
    for (const output of kind === 'file' ? inside.slice(1) : inside) {
      const commands = [
        ['predict', input, '-o', output],
        ['fit', '--target', input, '-o', output],
        ['plot', 'map', '--target', input, '-o', output],
        // Of others it says that they are no tables.
        ...(output.endsWith('.csv') ? [['extract', input, '-o', output]] : []),
        // An NPY table has its names beside it.
        ...(output.endsWith('.csv') ? [['extract', input, '-o', output.replace('.csv', '.npy')]] : []),
      ];
      for (const args of commands) {
        const { code, out, err } = await captured(args);
        expect([args, code, out]).toEqual([args, 2, '']);
        expect(err).toMatch(/is (an|the) input.*\(bad-argument\)/);
      }
    }
    expect(inside.map((file) => readFileSync(file))).toEqual(before);
  });

  it('are not the table of --labels', async () => {
    const labels = folder.write('told.csv', TOLD);
    const { code, err } = await extracted([wavs, '-o', labels, '--labels', labels]);
    expect([code, err]).toEqual([2, expect.stringContaining('is an input')]);
    expect(readFileSync(labels, 'utf8')).toBe(TOLD);
  });

  it('may be any other file there', async () => {
    const { code } = await extracted([wavs, '-o', `${wavs}/features.csv`]);
    expect(code).toBe(0);
    expect((await extracted([wavs, '-o', `${wavs}/features.csv`])).code).toBe(0);
  });
});

describe('Ctrl-C while recordings are extracted', () => {
  it.each(['1', '2'])('ends with 130 with --jobs %s, with nothing half-written', async (jobs) => {
    const wavs = recordings(`stop${jobs}/wavs`);
    const interrupt = new AbortController();
    const output = folder.at(`stopped${jobs}.npy`);
    const { code, out, err } = await captured(['extract', wavs, '-o', output, '--jobs', jobs], {
      signal: interrupt.signal,
      onStderr: () => interrupt.abort(new Interrupted()),
    });
    expect([code, out]).toEqual([130, '']);
    expect(err).toMatch(/error: Interrupted\.\n$/);
    expect(folder.list().filter((name) => name.startsWith(`stopped${jobs}`))).toEqual([]);
    const kept = readdirSync(folder.at(`stop${jobs}`), { recursive: true }).map(String);
    expect(kept.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    // What was done before is not lost.
    const { report } = await extracted([wavs, '-o', output]);
    expect(report?.cached).toBeGreaterThan(0);
    expect(report?.rows).toBe(7);
  });
});

describe('recordings where tables are expected', () => {
  let source: string;
  beforeAll(async () => {
    // A labelled table of noises and voices that is quickly learnt.
    const count = 24;
    const rows: Float32Array[] = [];
    for (let i = 0; i < count; i++) rows.push((await extract(recording(i))).features.data);
    const features = matrix(count, 6373, Float32Array.from(rows.flatMap((row) => [...row])));
    const emotion = rows.map((_, i) => (i % 2 === 0 ? 'anger' : 'sadness'));
    const list = rows.map(() => null);
    source = folder.writeTable('source.npy', {
      name: 'source',
      features,
      columns: compareNames(),
      file: list,
      speaker: list,
      emotion,
      extra: {},
    });
  });

  it.each([1, 2])('predict classifies %i recordings, with a warning that they are few', async (count) => {
    const wavs = recordings(`few${count}`, ['x.wav', 'y.wav'].slice(0, count));
    for (const inputs of [[wavs], readdirSync(wavs).map((name) => `${wavs}/${name}`)]) {
      const args = [
        'predict',
        ...inputs,
        '--source',
        source,
        '-q',
        '--json',
        '--method',
        'satnmf',
        '--force',
      ];
      const { code, out, err } = await captured(args);
      expect([code, err]).toEqual([0, expect.stringContaining('fewer than 20')]);
      const { predictions } = JSON.parse(out) as { predictions: { file: string; emotion: string }[] };
      expect(predictions.map(({ file }) => file.replace(`${wavs}/`, ''))).toEqual(
        ['x.wav', 'y.wav'].slice(0, count),
      );
      expect(predictions.map(({ emotion }) => emotion)).toEqual(['anger', 'sadness'].slice(0, count));
    }
  });

  it('evaluate, fit and inspect take folders with labels', async () => {
    const wavs = recordings('labelled', ['a.wav', 'b.wav', 'c.wav', 'd.wav']);
    writeFileSync(
      `${wavs}/labels.csv`,
      'file,emotion\na.wav,anger\nb.wav,sadness\nc.wav,anger\nd.wav,sadness\n',
    );
    const about = ['--source', source, '--target', wavs, '--method', 'svm', '-q', '--json'];
    const evaluated = await captured(['evaluate', ...about]);
    expect(evaluated.code).toBe(0);
    expect(JSON.parse(evaluated.out)).toMatchObject({
      target: 'labelled',
      targetRows: 4,
      results: [{ uar: 1 }],
    });
    const model = folder.at('m.satnmf');
    const fitted = await captured(['fit', ...about, '-o', model]);
    expect([fitted.code, existsSync(model)]).toEqual([0, true]);
    const again = await captured(['predict', wavs, '--model', model, '-q']);
    expect(again.out.trimEnd().split('\n')).toHaveLength(5);
    const inspected = await captured(['inspect', wavs, '--json', '-q']);
    expect(JSON.parse(inspected.out)).toMatchObject({
      rows: 4,
      features: 6373,
      emotions: { anger: 2, sadness: 2 },
    });
  });

  it('predict leaves out what cannot be read, with exit code 1', async () => {
    const wavs = recordings('partly', ['a.wav', 'b.wav']);
    writeFileSync(`${wavs}/bad.wav`, 'no audio');
    const { code, out, err } = await captured([
      'predict',
      wavs,
      '--source',
      source,
      '--method',
      'svm',
      '-q',
      '--force',
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/error: \S+bad\.wav: /);
    expect(out).toMatch(/^file,emotion,confidence,.*\na\.wav,anger,.*\nb\.wav,sadness,.*\n$/);
  });
});
