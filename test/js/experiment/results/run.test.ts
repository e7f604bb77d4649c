import { describe, expect, it } from 'vitest';
import {
  type DoneRun,
  type FailedRun,
  isFailed,
  latest,
  readRun,
  type Run,
  writeRun,
} from '../../../../js/experiment/results/run.js';

const point = {
  format: 1,
  id: '0123456789abcdef0123456789abcdef',
  scheme: 'a2b',
  source: { name: 'a', sha256: 'a'.repeat(64), rows: 4 },
  target: { name: 'b', sha256: 'b'.repeat(64), rows: 3 },
  classes: ['anger', 'sadness'],
  method: 'satnmf',
  options: { r: 64, preset: 'paper', C: 1, seed: 1 },
  varied: { C: 1 },
  axis: 'C',
  partial: false,
  seed: 1,
  seconds: 1.5,
  versions: { satnmf: '0.1.0', wasm: 'c'.repeat(64), runtime: 'node 20.0.0 linux x64' },
  finished: '2026-01-01T00:00:00.000Z',
} as const satisfies Partial<DoneRun>;

const done: DoneRun = {
  ...point,
  classes: [...point.classes],
  uar: 0.75,
  war: 2 / 3,
  recalls: [1, 0.5],
  confusion: [
    [1, 0],
    [1, 1],
  ],
  predictions: [0, 0, 1],
  truth: [0, 1, -1],
  sourceCv: null,
  objective: [3, 2, 1.5],
  iterations: [3],
};

const failed: FailedRun = {
  ...point,
  classes: [...point.classes],
  error: { code: 'too-large', message: 'It is.' },
};

const broken = (change: object): (() => unknown) => {
  const line = JSON.stringify({ ...done, ...change });
  return () => readRun(line, 'runs.jsonl', 7);
};

describe('a run', () => {
  it('is read as it was written, done or failed', () => {
    for (const run of [done, failed]) expect(readRun(writeRun(run), 'runs.jsonl', 1)).toEqual(run);
    expect([done, failed].map(isFailed)).toEqual([false, true]);
  });

  it('that is none is refused with its file and line', () => {
    expect(() => readRun('{"format":1', 'runs.jsonl', 3)).toThrow('runs.jsonl, line 3: is not JSON');
    expect(() => readRun('null', 'runs.jsonl', 3)).toThrow('runs.jsonl, line 3: is not a run');
    expect(broken({ format: 2 })).toThrow('runs.jsonl, line 7: is not a run: format');
    expect(broken({ uar: 1.5 })).toThrow('uar');
    expect(broken({ source: { ...point.source, sha256: 'x' } })).toThrow('source.sha256');
  });

  it('that contradicts itself is refused', () => {
    expect(broken({ predictions: [0, 0] })).toThrow('"predictions" must have 3 entries, got 2');
    expect(broken({ truth: [0, 2, 1] })).toThrow('"truth" must hold indices of 2 classes');
    expect(broken({ confusion: [[1], [1, 1]] })).toThrow('"confusion" must have 2 entries, got 1');
    expect(broken({ recalls: [1] })).toThrow('"recalls"');
  });
});

describe('of several runs of a point', () => {
  const untraced: DoneRun = { ...done, objective: null };
  const cases: [string, Run[], Run][] = [
    ['one that was done stays, though a later attempt failed', [failed, done, failed], done],
    ['the one that knows most stays, in whatever order', [done, untraced], done],
    ['the one that knows most stays, in whatever order', [untraced, done], done],
    ['the latest of equals counts', [{ ...done, seconds: 9 }, done], done],
  ];
  it.each(cases)('%s', (_, runs, expected) => {
    expect([...latest(runs).values()]).toEqual([expected]);
  });
});
