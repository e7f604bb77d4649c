import { readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Corpus, selectCorpusRows } from '../../../../js/data/corpus.js';
import { captured } from '../captured.js';
import { FEW, Folder, QUICK, smallPair } from '../tables.js';

const HEAD = 'file,emotion,confidence,second,arousal,valence,p_anger,p_happiness,p_neutral,p_sadness,remarks';

const folder = new Folder();
let source: Corpus;
let target: Corpus;
let a: string;
let b: string;
beforeAll(async () => {
  ({ source, target } = await smallPair());
  a = folder.writeTable('a.npy', source);
  b = folder.writeTable('b.csv', target);
});
afterAll(() => folder.remove());

/** What a few iterations on a few rows come to is nothing to trust, and the default says so. */
const trusting = (err: string): string => err.replace(/^warning: adaptation changes .*\n/gm, '');

async function succeed(...args: string[]): Promise<string> {
  const { code, out, err } = await captured([...args, '-q']);
  expect([code, trusting(err)]).toEqual([0, '']);
  return out;
}

describe('satnmf fit', () => {
  it('writes a compact model and says how well it agrees with the full one', async () => {
    const model = folder.at('fit.satnmf');
    const out = await succeed('fit', '--source', a, '--target', b, '-o', model, ...QUICK);
    expect(out).toMatch(
      /fit\.satnmf: satnmf, 4 emotions \(anger, happiness, neutral, sadness\), \d+ bytes; learnt from 48 /,
    );
    expect(out).toMatch(/It agrees with the full model on \d+\.\d % of the target's rows\.\n$/);
    expect(readFileSync(model).subarray(0, 6).toString()).toBe('SATNMF');
    expect(folder.list().filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('says the same as JSON', async () => {
    const model = folder.at('json.satnmf');
    const out = await succeed('fit', '--source', a, '--target', b, '-o', model, '--json', ...QUICK);
    const said = JSON.parse(out) as Record<string, unknown>;
    expect(said).toMatchObject({
      file: model,
      source: 'a',
      target: 'b',
      method: 'satnmf',
      sourceRows: 48,
      targetRows: 44,
    });
    expect(said['bytes']).toBe(readFileSync(model).length);
    expect(said['agreement']).toBeGreaterThan(0.9);
  });

  it('keeps every trial in full precision with --no-compact, and fewer within --max-bytes', async () => {
    const sizes: number[] = [];
    for (const more of [['--no-compact'], [], ['--max-bytes', '7e3']]) {
      await succeed(
        'fit',
        '--source',
        a,
        '--target',
        b,
        '-o',
        folder.at('size.satnmf'),
        '--method',
        'satnmf',
        ...more,
        '--set',
        'r=8',
      );
      sizes.push(readFileSync(folder.at('size.satnmf')).length);
    }
    expect(sizes[0]).toBeGreaterThan(sizes[1]);
    expect(sizes[1]).toBeGreaterThan(sizes[2]);
  });

  it('warns if one trial alone is more than --max-bytes', async () => {
    const args = [
      'fit',
      '--source',
      a,
      '--target',
      b,
      '-o',
      folder.at('tiny.satnmf'),
      '--max-bytes',
      '10',
      '-q',
    ];
    const { code, err } = await captured([...args, ...QUICK]);
    expect(code).toBe(0);
    expect(trusting(err)).toMatch(
      /^warning: even with one trial the model has \d+ bytes, more than --max-bytes 10\n$/,
    );
  });

  it('refuses to write onto an input, its side-car, a folder, or into a folder that is not there', async () => {
    const link = folder.at('link.csv');
    symlinkSync(b, link);
    for (const [output, why] of [
      [b, 'is an input'],
      [a, 'is an input'],
      [folder.at('a.csv'), 'is an input'],
      [folder.at('a.columns.txt'), 'is an input'],
      [link, 'is the input'],
      [folder.path, 'is a folder'],
      [folder.at('no/model.satnmf'), 'is in a folder that is not there'],
    ]) {
      const before = [readFileSync(a), readFileSync(b), readFileSync(folder.at('a.csv'))];
      const { code, out, err } = await captured([
        'fit',
        '--source',
        a,
        '--target',
        b,
        '-o',
        output,
        ...QUICK,
      ]);
      expect([output, code, out]).toEqual([output, 2, '']);
      expect(err).toContain(why);
      expect(err).toContain('(bad-argument)');
      expect([readFileSync(a), readFileSync(b), readFileSync(folder.at('a.csv'))]).toEqual(before);
    }
  });
});

describe('satnmf predict', () => {
  const fitted = (name: string, ...more: string[]): Promise<string> =>
    succeed('fit', '--source', a, '--target', b, '-o', folder.at(name), ...QUICK, ...more);

  it('prints file, emotion and confidence of every row as CSV', async () => {
    const out = await succeed('predict', b, '--source', a, ...QUICK);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe(HEAD);
    expect(lines).toHaveLength(45);
    lines.slice(1).forEach((line, i) => {
      expect(line).toMatch(
        /^natural-\d{3}\.wav,(anger|happiness|neutral|sadness),[01]\.\d{4},(anger|happiness|neutral|sadness)(,[01]\.\d{4}){6},$/,
      );
      expect(line.split(',')[0]).toBe(target.file[i]);
    });
  });

  it('prints the same as JSON', async () => {
    const csv = await succeed('predict', b, '--source', a, ...QUICK);
    const { method, classes, predictions } = JSON.parse(
      await succeed('predict', b, '--source', a, '--json', ...QUICK),
    ) as {
      method: string;
      classes: string[];
      predictions: Record<string, unknown>[];
    };
    expect([method, classes]).toEqual(['satnmf', ['anger', 'happiness', 'neutral', 'sadness']]);
    const four = (value: unknown): string => (value as number).toFixed(4);
    const lines = predictions.map((p) =>
      [
        ...[
          p['file'],
          p['emotion'],
          four(p['confidence']),
          p['second'],
          four(p['arousal']),
          four(p['valence']),
        ],
        ...classes.map((name) => four((p['probabilities'] as Record<string, number>)[name])),
        (p['remarks'] as string[]).join('; '),
      ].join(','),
    );
    expect(`${HEAD}\n${lines.join('\n')}\n`).toBe(csv);
  });

  it('explains itself when asked, beside the answers', async () => {
    const { explanation } = JSON.parse(
      await succeed('predict', b, '--source', a, '--json', '--explain', ...QUICK),
    ) as { explanation: string[] };
    expect(explanation.join('\n')).toContain('Features are scaled corpus by corpus');
    const { explanation: plain } = JSON.parse(
      await succeed('predict', b, '--source', a, '--json', '--explain', '--method', 'svm'),
    ) as { explanation: string[] };
    expect(plain.join('\n')).toContain('nothing was adapted');
    // Of what is learnt, not of all that the source has.
    const { explanation: chosen } = JSON.parse(
      await succeed(
        'predict',
        b,
        '--source',
        a,
        '--json',
        '--explain',
        '--emotions',
        'anger,sadness',
        ...QUICK,
      ),
    ) as { explanation: string[] };
    const rows = Number(/Learnt from (\d+)/.exec(chosen[0])?.[1]);
    expect(rows).toBeLessThan(Number(/Learnt from (\d+)/.exec(explanation[0])?.[1]));
  });

  it('takes less of everything with --fast, unless told how much', async () => {
    const options = async (...more: string[]): Promise<unknown> => {
      const file = folder.at('fast.satnmf');
      const method = more.includes('--method') ? [] : ['--method', 'satnmf'];
      const args = [
        'fit',
        '--source',
        a,
        '--target',
        b,
        '-o',
        file,
        '--json',
        '-q',
        '--fast',
        ...method,
        ...more,
      ];
      // It warns that so few rows have no rank of 64.
      const { code, out } = await captured(args);
      expect(code).toBe(0);
      return (JSON.parse(out) as { options: unknown }).options;
    };
    expect(await options('--set', 'maxIterations=3')).toMatchObject({ preset: 'auto', trials: 2, r: 64 });
    expect(await options('--set', 'r=3', '--trials', '1')).toMatchObject({ trials: 1, r: 3 });
    expect(await options('--method', 'svm')).not.toHaveProperty('trials');
  });

  it('agrees with what evaluate says of the same tables', async () => {
    const { results } = JSON.parse(
      await succeed(
        ...['evaluate', '--source', a, '--target', b, '--json'],
        ...['--preset', 'auto', ...QUICK],
      ),
    ) as { results: { predictions: string[] }[] };
    const csv = await succeed('predict', b, '--source', a, ...QUICK);
    expect(
      csv
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[1]),
    ).toEqual(results[0].predictions);
  });

  it('gives the same bytes whatever stands in the tables as emotion', async () => {
    const garbage = (row: number) => ['', 'anger', 'not an emotion', 'fear'][row % 4];
    const emotion = target.emotion.map((_, row) => garbage(row) || null);
    const mixed = folder.writeTable('mixed.csv', { ...target, emotion });
    const none = folder.writeTable('none.csv', { ...target, emotion: emotion.map(() => null) });
    for (const method of ['svm', 'satnmf', 'tnmf']) {
      const more = ['--source', a, '--json', '--method', method, ...(method === 'svm' ? [] : FEW)];
      const clean = await succeed('predict', b, ...more);
      expect(await succeed('predict', mixed, ...more)).toBe(clean);
      expect(await succeed('predict', none, ...more)).toBe(clean);
    }
    await fitted('labels.satnmf');
    const model = readFileSync(folder.at('labels.satnmf'));
    await succeed('fit', '--source', a, '--target', mixed, '-o', folder.at('labels.satnmf'), ...QUICK);
    expect(readFileSync(folder.at('labels.satnmf')).equals(model)).toBe(true);
  });

  it('classifies new recordings by a model, one by one or together', async () => {
    await fitted('new.satnmf');
    const model = folder.at('new.satnmf');
    const parts = [0, 1, 2].map((part) =>
      folder.writeTable(
        `part${part}.csv`,
        selectCorpusRows(
          target,
          target.file.map((_, i) => i).filter((i) => i % 3 === part),
        ),
      ),
    );
    const together = await succeed('predict', ...parts, '--model', model);
    const apart: string[] = [];
    for (const part of parts)
      apart.push((await succeed('predict', part, '--model', model)).replace(/^.*\n/, ''));
    expect(`${HEAD}\n${apart.join('')}`).toBe(together);
    expect(together.trimEnd().split('\n')).toHaveLength(45);
  });

  it('takes several tables as one target', async () => {
    const halves = [0, 1].map((half) =>
      folder.writeTable(
        `half${half}.csv`,
        selectCorpusRows(
          target,
          target.file.map((_, i) => i).filter((i) => i < 22 === (half === 0)),
        ),
      ),
    );
    expect(await succeed('predict', ...halves, '--source', a, ...QUICK)).toBe(
      await succeed('predict', b, '--source', a, ...QUICK),
    );
  });

  it('calls rows without a name by their place in the table', async () => {
    const nameless = folder.writeTable('nameless.csv', { ...target, file: target.file.map(() => null) });
    const out = await succeed('predict', nameless, '--source', a, '--method', 'svm');
    expect(out.split('\n')[1].split(',')[0]).toBe(`${nameless}#1`);
  });

  it('learns only the emotions named', async () => {
    const out = await succeed('predict', b, '--source', a, '--method', 'svm', '--emotions', 'anger,sadness');
    expect(
      new Set(
        out
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[1]),
      ),
    ).toEqual(new Set(['anger', 'sadness']));
  });

  it('writes to a file with -o, and nothing to stdout', async () => {
    const printed = await succeed('predict', b, '--source', a, '--method', 'svm');
    const out = await succeed('predict', b, '--source', a, '--method', 'svm', '-o', folder.at('said.csv'));
    expect(out).toBe('');
    expect(readFileSync(folder.at('said.csv'), 'utf8')).toBe(printed);
    const onto = await captured(['predict', b, '--source', a, '--method', 'svm', '-o', b]);
    expect([onto.code, onto.out]).toEqual([2, '']);
  });

  it('warns of a target that is too small to be normalised by itself', async () => {
    const few = folder.writeTable('few.csv', selectCorpusRows(target, [0, 1, 2]));
    const { code, out, err } = await captured(['predict', few, '--source', a, '-q', '--method', 'satnmf']);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(4);
    expect(trusting(err)).toMatch(/^warning: few has 3 rows, fewer than 20/);
  });

  it('refuses models that are damaged, are tables, or learnt other features', async () => {
    await fitted('good.satnmf');
    const bytes = readFileSync(folder.at('good.satnmf'));
    const damaged = Uint8Array.from(bytes);
    damaged[damaged.length - 9] ^= 1;
    const narrow = { ...target, columns: target.columns.slice(0, 2) };
    const narrowTable = folder.writeTable('narrow.csv', {
      ...narrow,
      features: { rows: 44, cols: 2, data: target.features.data.slice(0, 88) },
    });
    for (const [model, table, said] of [
      [folder.write('damaged.satnmf', damaged), b, /damaged\.satnmf: .*checksum.*\(bad-model\)/],
      [folder.write('cut.satnmf', bytes.subarray(0, 200)), b, /cut\.satnmf: .*\(bad-model\)/],
      [b, b, /b\.csv: is not a satnmf file \(bad-file\)/],
      [folder.at('none.satnmf'), b, /none\.satnmf: there is no such file \(bad-file\)/],
      [
        folder.at('good.satnmf'),
        narrowTable,
        /good\.satnmf has 24 features and narrow has 2; .*\(shape-mismatch\)/,
      ],
    ] as const) {
      const { code, out, err } = await captured(['predict', table, '--model', model]);
      expect([code, out]).toEqual([2, '']);
      expect(trusting(err)).toMatch(said);
    }
  });
});
