import { describe, expect, it } from 'vitest';
import { LabelRows } from '../../../js/io/label-rows.js';

const rowsOf = (text: string) => new LabelRows('labels.csv', new TextEncoder().encode(text));

describe('label rows', () => {
  it('are found by whole names, then by names without folders', () => {
    const rows = rowsOf(
      'file,emotion,speaker,sex\nann/1.wav,anger,ann,f\nbob\\1.wav,fear,bob,m\n2.wav,joy,,\n',
    );
    expect(rows.of('ann/1.wav')).toEqual({ emotion: 'anger', speaker: 'ann', sex: 'f' });
    expect(rows.of('bob/1.wav')).toEqual({ emotion: 'fear', speaker: 'bob', sex: 'm' });
    expect(rows.unused).toBe(1);
    expect(rows.of('eve/2.wav')).toMatchObject({ emotion: 'joy', speaker: null });
    expect(rows.unused).toBe(0);
  });

  it('tell nothing where a name without folders is that of several', () => {
    expect(rowsOf('file,emotion\nann/1.wav,anger\nbob/1.wav,fear\n').of('eve/1.wav')).toBeNull();
  });

  it('are refused if two are of one recording, however its slashes lean', () => {
    expect(() => rowsOf('file,emotion\nann/1.wav,anger\nann\\1.wav,fear\n')).toThrow(
      'labels.csv, row 3: is a second row for "ann\\\\1.wav"',
    );
  });
});
