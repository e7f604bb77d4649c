import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../js/data/emotions.js';
import {
  checkCorpus,
  CORPORA,
  type CorpusCheck,
  corpusByName,
  type Recognition,
  recogniseCorpus,
} from '../../../js/entries/corpora.js';
import { unpackCorpus } from '../../../js/entries/io.js';
import * as names from './names.js';

const EMODB = unpackCorpus(readFileSync(new URL('../../../js/io/emodb/emodb.bin', import.meta.url)), 'emodb');
const emodb = (): string[] => EMODB.file.map((file) => `wav/${String(file)}`);

function checked(paths: readonly string[]): Recognition & { check: CorpusCheck } {
  const found = recogniseCorpus(paths);
  if (found.corpus === null) throw new Error(found.sentence);
  return { ...found, check: checkCorpus(found.corpus, found.recordings) };
}

const LISTS: readonly [name: string, paths: readonly string[], utterances: number, speakers: number][] = [
  ['emodb', emodb(), 535, 10],
  ['casia', names.casia(), 1200, 4],
  ['ravdess', names.ravdess('01'), 1440, 24],
  ['ravdess', names.ravdess('02'), 1012, 23],
  ['ravdess', [...names.ravdess('01'), ...names.ravdess('02')], 2452, 24],
  ['tess', names.tess(), 2800, 2],
  ['crema-d', names.cremaD(), 7442, 91],
  ['savee', names.savee(), 480, 4],
  ['emovo', names.emovo(), 588, 6],
  ['urdu', names.urdu(), 400, 29],
  ['shemo', names.shemo(), 3000, 87],
];

describe('complete lists of file names', () => {
  it.each(LISTS)('of %s are recognised and complete', (name, paths, utterances, speakers) => {
    expect(new Set(paths).size).toBe(utterances);
    const { corpus, recordings, check } = checked(paths);
    expect(corpus?.name).toBe(name);
    expect(check).toMatchObject({ recordings: utterances, utterances, extra: [], twice: [], unmappable: [] });
    expect(check.release?.utterances).toBe(utterances);
    expect([check.missing.count, check.complete]).toEqual([0, true]);
    expect(check.speakers).toHaveLength(speakers);
    for (const { found, official } of [...check.emotions, ...check.speakers])
      if (official !== null) expect(found).toBe(official);
    for (const { utterance } of recordings) {
      expect(EMOTIONS).toContain(utterance?.emotion);
      expect(utterance?.sex).toMatch(/^[fm]$/);
    }
  });

  it('of EmoDB say what the packed corpus knows', () => {
    const { recordings } = checked(emodb());
    const said = recordings.map(({ utterance }) => utterance);
    expect(said.map((one) => one?.emotion)).toEqual(EMODB.emotion);
    expect(said.map((one) => one?.speaker)).toEqual(EMODB.speaker);
  });

  it.each(['avi', 'wav'])("of eNTERFACE'05 (.%s): folders are right where names are not", (extension) => {
    const paths = names.enterface(extension);
    expect(paths).toHaveLength(1293);
    const { corpus, recordings, check } = checked(paths);
    expect(corpus?.name).toBe('enterface');
    expect(check).toMatchObject({ utterances: 1293, extra: [], twice: [], complete: true });
    expect(check.faults).toHaveLength(6);
    expect(check.speakers).toHaveLength(44);
    expect(check.speakers.find(({ name }) => name === 's11')?.found).toBe(30);
    const at = (end: string) => recordings.find(({ path }) => path.includes(end))?.utterance;
    expect(at('/s_3_ha_1.')).toMatchObject({
      id: 's3_ha_1',
      speaker: 's3',
      emotion: 'happiness',
      text: 'ha1',
    });
    expect(at('/s16_su_3avi.')).toMatchObject({ id: 's16_su_3', emotion: 'surprise' });
    expect(at('subject 11/fear/sentence 2/')).toMatchObject({ id: 's11_fe_2', speaker: 's11' });
  });

  it("of eNTERFACE'05 in one folder are the 1257 with distinct names", () => {
    const flat = new Set(
      names
        .enterface('wav')
        .filter((path) => !path.includes('subject 6/'))
        .map((path) => path.slice(path.lastIndexOf('/') + 1)),
    );
    expect(flat.size).toBe(1257);
    const { corpus, check } = checked([...flat]);
    expect(corpus?.name).toBe('enterface');
    expect(check).toMatchObject({ utterances: 1257, extra: [], twice: [], complete: true });
    expect(check.release?.utterances).toBe(1257);
  });

  it.each([1164, 1234])('of the Estonian corpus (%i) are known by the TextGrid beside each', (count) => {
    const paths = names.eekc(count);
    const { corpus, recordings } = recogniseCorpus(paths);
    expect([corpus?.name, recordings.length]).toEqual(['eekc', count]);
    expect(recordings[0]).toMatchObject({ annotation: 'Dataset/37.TextGrid', utterance: { sex: 'f' } });
    // Without them, numbers are anybody's names.
    expect(recogniseCorpus(paths.filter((path) => path.endsWith('.wav'))).corpus).toBeNull();
  });

  it('of nEMO: every name of the scheme is read', () => {
    const { corpus, recordings, check } = checked(names.nemo());
    expect([corpus?.name, recordings.length, check.speakers.length]).toEqual(['nemo', 4860, 9]);
    expect(check.emotions.map(({ name }) => name)).toEqual(
      corpus && [...new Set(Object.values(corpus.emotions))],
    );
    expect(checked(names.nemo().slice(0, 4481)).check.complete).toBe(true);
  });

  it('of other copies are the same utterances', () => {
    const renamed = names.casia().map((path) => path.replace(/(.+)\/(.+)\/(\d+)\.wav/, '$2/$3-$2-$1.wav'));
    expect(checked(renamed).check).toMatchObject({ corpus: 'casia', utterances: 1200, complete: true });
    const flat = names.savee().map((path) => path.replace(/.*\/(..)\//, 'ALL/$1_'));
    expect(checked(flat).check).toMatchObject({ corpus: 'savee', utterances: 480, complete: true });
    const mp3 = names.cremaD().map((path) => path.replace('AudioWAV', 'AudioMP3').replace('.wav', '.mp3'));
    expect(checked(mp3).check).toMatchObject({ corpus: 'crema-d', utterances: 7442, complete: true });
  });
});

describe('the corpora', () => {
  it('map their labels to the vocabulary, and count what their emotions sum to', () => {
    for (const { name, emotions, releases } of CORPORA) {
      for (const emotion of Object.values(emotions)) expect(EMOTIONS).toContain(emotion);
      for (const { utterances, emotions: counts, perSpeaker, ids } of releases) {
        const sum = (record: Readonly<Record<string, number>>) =>
          Object.values(record).reduce((a, b) => a + b, 0);
        if (counts !== undefined) expect([name, sum(counts)]).toEqual([name, utterances]);
        if (perSpeaker !== undefined) expect([name, sum(perSpeaker)]).toEqual([name, utterances]);
        if (ids !== undefined) expect([name, new Set(ids()).size]).toEqual([name, utterances]);
      }
    }
  });

  it('have the extents that the paper used first', () => {
    const first = ['emodb', 'casia', 'enterface', 'eekc'].map(
      (name) => corpusByName(name).releases[0].utterances,
    );
    expect(first).toEqual([535, 1200, 1257, 1164]);
  });

  it('are found by name, with a suggestion for one that is misspelt', () => {
    expect(corpusByName('crema-d').title).toBe('CREMA-D');
    expect(() => corpusByName('emo-db')).toThrow(/Did you mean "emodb"\?/);
  });
});
