import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { corpus } from '../../../../js/data/corpus.js';
import {
  loadModelFile,
  readTableFile,
  saveModelFile,
  writeFiles,
  writeTableFile,
} from '../../../../js/entries/node.js';
import { linearSvm } from '../../../../js/entries/index.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'satnmf-node-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const table = corpus({
  name: 't',
  features: { rows: 4, cols: 2, data: Float32Array.of(1, 2, 3.5, -4, 1e-9, 6, 7, 8) },
  columns: ['loudness', 'pitch'],
  file: ['a.wav', 'b.wav', 'c.wav', 'd.wav'],
  speaker: ['x', null, 'y', 'y'],
  emotion: ['anger', 'fear', 'anger', 'fear'],
});

describe('tables', () => {
  it.each(['t.npy', 't.csv', 't.arff'])('%s reads back as it was written', async (name) => {
    await writeTableFile(table, at(name));
    expect(await readTableFile(at(name))).toEqual(table);
  });

  it('are told apart from what is not there, a folder, or may not be read', async () => {
    await expect(readTableFile(at('none.npy'))).rejects.toMatchObject({
      code: 'bad-file',
      file: at('none.npy'),
    });
    mkdirSync(at('f.csv'));
    await expect(readTableFile(at('f.csv'))).rejects.toThrow('f.csv: is a folder, not a file');
    await expect(readTableFile(at('f.csv/x.csv'))).rejects.toMatchObject({ code: 'bad-file' });
    // The superuser may read everything.
    if (process.getuid?.() !== 0) {
      writeFileSync(at('secret.csv'), 'f\n1\n');
      chmodSync(at('secret.csv'), 0);
      await expect(readTableFile(at('secret.csv'))).rejects.toThrow('secret.csv: may not be opened');
    }
  });

  it('are not read once the signal is aborted', async () => {
    await writeTableFile(table, at('t.csv'));
    const reason = new Error('enough');
    await expect(readTableFile(at('t.csv'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('models', () => {
  it('predict the same after they were written and read', async () => {
    const model = await linearSvm().fit({ source: table, target: table });
    await saveModelFile(model, at('m.satnmf'));
    const again = await loadModelFile(at('m.satnmf'));
    expect(again.classify(table.features)).toEqual(model.classify(table.features));
    await expect(loadModelFile(at('t.satnmf'))).rejects.toThrow('t.satnmf: there is no such file');
    writeFileSync(at('t.satnmf'), 'SATNMF');
    await expect(loadModelFile(at('t.satnmf'))).rejects.toThrow(at('t.satnmf'));
  });
});

describe('writeFiles', () => {
  it('replaces a file and leaves nothing else behind', async () => {
    writeFileSync(at('a.txt'), 'old');
    await writeFiles([
      { name: at('a.txt'), bytes: bytes('new') },
      { name: at('b.txt'), bytes: bytes('too') },
    ]);
    expect([readFileSync(at('a.txt'), 'utf8'), readFileSync(at('b.txt'), 'utf8')]).toEqual(['new', 'too']);
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt']);
  });

  it('writes none of the files if one cannot be written', async () => {
    writeFileSync(at('a.txt'), 'old');
    const files = [
      { name: at('a.txt'), bytes: bytes('new') },
      { name: at('none/b.txt'), bytes: bytes('too') },
    ];
    await expect(writeFiles(files)).rejects.toMatchObject({ code: 'bad-argument', argument: 'output' });
    expect(readFileSync(at('a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('does not touch an input, by whatever path', async () => {
    writeFileSync(at('in.csv'), 'precious');
    symlinkSync(at('in.csv'), at('link.csv'));
    for (const name of [at('in.csv'), at('link.csv')])
      await expect(
        writeFiles([{ name, bytes: bytes('x') }], { inputs: [at('in.csv')] }),
      ).rejects.toMatchObject({
        code: 'bad-argument',
      });
    expect(readFileSync(at('in.csv'), 'utf8')).toBe('precious');
  });

  it('writes nothing once the signal is aborted', async () => {
    const reason = new Error('enough');
    const files = [{ name: at('a.txt'), bytes: bytes('new') }];
    await expect(writeFiles(files, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(readdirSync(folder)).toEqual([]);
  });
});
