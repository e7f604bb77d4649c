import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Values } from '../../../../js/data/scaling/column-ranges.js';
import { corpus, type Corpus } from '../../../../js/data/corpus.js';
import {
  applyNormalizer,
  chooseNormalization,
  fitNormalizer,
  NORMALIZATIONS,
  type Normalization,
  normalizeInto,
  type Normalizer,
  normalizeTask,
  SMALL_TARGET_ROWS,
} from '../../../../js/data/scaling/normalize.js';
import { matrix } from '../../../../js/data/matrix.js';
import { SatnmfError } from '../../../../js/errors.js';

type Table = { rows: number; cols: number; data: number[] };
const golden = JSON.parse(
  readFileSync(new URL('../../../golden/pipeline.json', import.meta.url), 'utf8'),
) as {
  F: Table;
  speakers: number[];
  minmax: Table;
  sd_minmax: Table;
  zscore: Table;
  sd_zscore: Table;
  sd_z_then_minmax: Table;
};
const speaker = golden.speakers.map(String);
const F: Values = { rows: golden.F.rows, cols: golden.F.cols, data: Float64Array.from(golden.F.data) };

/** Fits to F and applies to F, all in float64; every speaker counts, however few rows he has. */
function normalized(normalization: Normalization): number[] {
  const rows = { name: 'F', features: F, speaker };
  const normalizer = fitNormalizer(rows, normalization, { minimumSpeakerRows: 1 });
  const out = new Float64Array(F.data.length);
  normalizeInto(normalizer, F, speaker, out);
  return [...out];
}

/** z-scores from the stored means and deviations. */
function zScores(): number[] {
  const rows = { name: 'F', features: F, speaker };
  const normalizer = fitNormalizer(rows, 'speaker-z-min-max', { minimumSpeakerRows: 1 });
  if (normalizer.kind !== 'z-min-max') throw new Error(normalizer.kind);
  const { mean, deviation, speakers } = normalizer;
  return [...F.data].map((value, at) => {
    const group = speakers.indexOf(speaker[Math.floor(at / F.cols)]) + 1;
    const to = group * F.cols + (at % F.cols);
    return deviation[to] === 0 ? 0 : (value - mean[to]) / deviation[to];
  });
}

/** Numbers without a pattern, from a 32-bit linear congruential sequence. */
function noise(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 40 - 13;
  });
}

function someCorpus(rows: number, cols: number, speakers: (string | null)[], seed = 1): Corpus {
  const file = Array.from({ length: rows }, (_, i) => `${i}.wav`);
  const who = file.map((_, i) => speakers[i % speakers.length]);
  return corpus({
    name: 'some',
    features: { rows, cols, data: noise(rows * cols, seed) },
    speaker: who,
    file,
  });
}

describe('the golden normalisations, bit for bit in float64', () => {
  it('min-max of the corpus', () => expect(normalized('min-max')).toEqual(golden.minmax.data));
  it('min-max of each speaker', () => expect(normalized('speaker-min-max')).toEqual(golden.sd_minmax.data));
  it('z-scores of each speaker', () => expect(zScores()).toEqual(golden.sd_zscore.data));
  it('z-scores of each speaker, then min-max of the corpus', () =>
    expect(normalized('speaker-z-min-max')).toEqual(golden.sd_z_then_minmax.data));
});

describe('z-clip', () => {
  it('maps three deviations on either side of the mean to [0, 1] and clips what is beyond', () => {
    // Mean 0, deviation 1, but for one outlier in 101 rows.
    const values = [...Array.from({ length: 100 }, (_, i) => (i % 2 ? 1 : -1)), 50];
    const features = matrix(values.length, 1, Float32Array.from(values));
    const speaker = values.map(() => null);
    const { data } = applyNormalizer(fitNormalizer({ name: 'n', features, speaker }, 'z-clip'), features);
    const mean = 50 / 101;
    const deviation = Math.sqrt((100 + 2500) / 101 - mean * mean);
    expect(data[1]).toBeCloseTo((1 - mean) / deviation / 6 + 0.5, 6);
    expect(data[0]).toBeCloseTo((-1 - mean) / deviation / 6 + 0.5, 6);
    expect(data[100]).toBe(1);
  });

  it('stays finite where three deviations leave float32', () => {
    const features = matrix(2, 1, Float32Array.from([-3e38, 3e38]));
    const fitted = fitNormalizer({ name: 'n', features, speaker: [null, null] }, 'z-clip');
    expect([...applyNormalizer(fitted, features).data].every((x) => x >= 0 && x <= 1)).toBe(true);
  });
});

describe('chooseNormalization', () => {
  const speakers = (...rows: number[]) => ({
    speaker: rows.flatMap((count, s) => new Array<string>(count).fill(`s${s}`)),
  });
  it('goes by speaker where both corpora have speakers with rows enough', () => {
    expect(chooseNormalization([speakers(20, 30)], speakers(10, 25, 20))).toBe('speaker-z-clip');
  });
  it('goes by corpus where one has a speaker with few rows, unknown ones or none', () => {
    const good = speakers(20, 30);
    for (const other of [
      speakers(9, 30, 30),
      speakers(19, 12, 30),
      { speaker: [...good.speaker, null] },
      speakers(),
    ]) {
      expect(chooseNormalization([good], other)).toBe('z-clip');
      expect(chooseNormalization([other], good)).toBe('z-clip');
    }
  });
});

describe('fitNormalizer and applyNormalizer', () => {
  const speakers = ['a', 'b', 'c', 'a', 'b', 'a', null, 'a', 'b'];
  const some = someCorpus(63, 17, speakers);

  it('give float32 results that are the float64 ones rounded once', () => {
    for (const normalization of NORMALIZATIONS) {
      const normalizer = fitNormalizer(some, normalization);
      const exact = new Float64Array(some.features.data.length);
      normalizeInto(normalizer, some.features, some.speaker, exact);
      const result = applyNormalizer(normalizer, some.features, some.speaker);
      expect(result.data).toEqual(Float32Array.from(exact));
    }
  });

  it('map a row to the same bits alone as among the rows it was fitted with', () => {
    for (const normalization of NORMALIZATIONS) {
      const normalizer = fitNormalizer(some, normalization);
      const all = applyNormalizer(normalizer, some.features, some.speaker);
      const row = 30;
      const data = some.features.data.slice(row * 17, (row + 1) * 17);
      const alone = applyNormalizer(normalizer, { rows: 1, cols: 17, data }, [some.speaker[row]]);
      expect(alone.data).toEqual(all.data.slice(row * 17, (row + 1) * 17));
    }
  });

  it('stay in [0, 1] on the corpus and on rows far outside of it, but for "none"', () => {
    const far = { rows: 2, cols: 17, data: new Float32Array(34).map((_, i) => (i < 17 ? -1e30 : 1e30)) };
    for (const normalization of NORMALIZATIONS) {
      if (normalization === 'none') continue;
      const normalizer = fitNormalizer(some, normalization);
      const own = applyNormalizer(normalizer, some.features, some.speaker);
      expect(own.data.every((value) => value >= 0 && value <= 1)).toBe(true);
      const out = applyNormalizer(normalizer, far, ['a', 'nobody']);
      expect([...out.data]).toEqual([...new Array<number>(17).fill(0), ...new Array<number>(17).fill(1)]);
    }
  });

  it('"none" changes nothing', () => {
    const result = applyNormalizer(fitNormalizer(some, 'none'), some.features);
    expect(result.data).toEqual(some.features.data);
    expect(result.data).not.toBe(some.features.data);
  });

  it('never change the features that they are given', () => {
    for (const normalization of NORMALIZATIONS) {
      const before = some.features.data.slice();
      applyNormalizer(fitNormalizer(some, normalization), some.features, some.speaker);
      expect(some.features.data).toEqual(before);
    }
  });

  it('a feature that is constant over the corpus becomes 0', () => {
    const features = { rows: 6, cols: 1, data: new Float32Array(6).fill(0.1) };
    const constant = corpus({ features, speaker: ['a', 'a', 'a', 'a', 'a', 'b'] });
    for (const normalization of NORMALIZATIONS)
      if (normalization !== 'none')
        expect([
          ...applyNormalizer(fitNormalizer(constant, normalization), features, constant.speaker).data,
        ]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('one row becomes zeros, not NaN', () => {
    const one = someCorpus(1, 3, ['a']);
    for (const normalization of NORMALIZATIONS)
      if (normalization !== 'none')
        expect([
          ...applyNormalizer(fitNormalizer(one, normalization), one.features, one.speaker).data,
        ]).toEqual([0, 0, 0]);
  });

  it('refuse an unknown normalisation, an empty corpus and another width', () => {
    const code = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        if (error instanceof SatnmfError) return `${error.code}: ${error.message}`;
      }
      return 'no SatnmfError';
    };
    expect(code(() => fitNormalizer(some, 'minmax' as Normalization))).toContain('Did you mean "min-max"?');
    const empty = corpus({ name: 'empty', features: { rows: 0, cols: 2, data: new Float32Array(0) } });
    expect(code(() => fitNormalizer(empty, 'rank'))).toContain('too-few-rows');
    const narrow = { rows: 1, cols: 3, data: new Float32Array(3) };
    expect(code(() => applyNormalizer(fitNormalizer(some, 'rank'), narrow))).toContain('shape-mismatch');
  });
});

describe('rank', () => {
  const column = (values: number[]): Values => ({
    rows: values.length,
    cols: 1,
    data: Float32Array.from(values),
  });
  const fit = (values: number[]): Normalizer =>
    fitNormalizer({ name: 'x', features: column(values), speaker: values.map(() => null) }, 'rank');
  const map = (normalizer: Normalizer, values: number[]): number[] => {
    const out = new Float64Array(values.length);
    normalizeInto(normalizer, column(values), undefined, out);
    return [...out];
  };

  it('is (rank − 1) / (rows − 1), ties sharing their mean rank', () => {
    const values = [5, 1, 3, 3, 9, 3];
    expect(map(fit(values), values)).toEqual([4 / 5, 0, 2 / 5, 2 / 5, 1, 2 / 5]);
    const ties = [2, 2, 7, 7, 7];
    expect(map(fit(ties), ties)).toEqual([0.5 / 4, 0.5 / 4, 3 / 4, 3 / 4, 3 / 4]);
  });

  it('counts −0 and 0 as ties', () => {
    expect(map(fit([0, -0, 1]), [0, -0, 1])).toEqual([0.25, 0.25, 1]);
  });

  it('agrees with counting, on columns with many ties', () => {
    const values = Array.from(noise(97, 5), (value) => Math.round(value / 4));
    const counted = values.map((x) => {
      const below = values.filter((y) => y < x).length;
      const equal = values.filter((y) => y === x).length;
      return (below + (equal - 1) / 2) / (values.length - 1);
    });
    expect(map(fit(values), values)).toEqual(counted);
  });

  it('interpolates new values between the mean ranks of their neighbours', () => {
    const known = fit([10, 20, 20, 40]);
    // Ranks: 10 → 0, 20 → 1.5 / 3, 40 → 1.
    expect(map(known, [15, 25, 30, 9, 10, 40, 41])).toEqual([0.25, 0.5 + (0.5 * 5) / 20, 0.75, 0, 0, 1, 1]);
  });

  it('is monotone', () => {
    const known = fit(Array.from(noise(50, 3), (value) => Math.round(value)));
    const ranks = map(
      known,
      Array.from({ length: 500 }, (_, i) => -20 + i * 0.1),
    );
    ranks.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(i === 0 ? 0 : ranks[i - 1]));
  });
});

describe('speaker variants', () => {
  const values = [1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 0];
  const who = [...'aaaaabbbbb', 'c', null];
  const rows = corpus({
    name: 'talk',
    features: { rows: 12, cols: 1, data: Float32Array.from(values) },
    speaker: who,
  });
  const result = (normalization: Normalization): number[] => [
    ...applyNormalizer(fitNormalizer(rows, normalization), rows.features, who).data,
  ];

  it('take each speaker by himself; too small ones and rows without a speaker by the corpus', () => {
    const five = [0, 0.25, 0.5, 0.75, 1];
    expect(result('speaker-min-max')).toEqual([...five, ...five, 1, 0]);
    expect(result('speaker-rank')).toEqual([...five, ...five, 1, 0]);
  });

  it('speakers with 4 rows take the ranges of the corpus, with 5 their own', () => {
    for (const count of [4, 5]) {
      const speaker = [...new Array<string>(count).fill('s'), 'x', 'y', 'z', 'z', 'z', 'z', 'z'];
      const features = { rows: count + 7, cols: 1, data: Float32Array.from(speaker, (_, i) => i) };
      const normalizer = fitNormalizer({ name: 'n', features, speaker }, 'speaker-min-max');
      expect(normalizer.speakers).toEqual(count === 4 ? ['z'] : ['s', 'z']);
      const last = applyNormalizer(normalizer, features, speaker).data[count - 1];
      expect(last).toBe(count === 4 ? Math.fround(3 / 10) : 1);
    }
  });

  it('a feature that is constant for a speaker takes its place in the corpus', () => {
    const features = { rows: 7, cols: 1, data: Float32Array.of(3, 3, 3, 3, 3, 1, 5) };
    const speaker = [...'sssss', 't', 't'];
    const get = (normalization: Normalization): number[] => [
      ...applyNormalizer(fitNormalizer({ name: 'n', features, speaker }, normalization), features, speaker)
        .data,
    ];
    expect(get('speaker-min-max')).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0, 1]);
    expect(get('speaker-rank')).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0, 1]);
  });

  it('map new rows of a known speaker by his ranges, of an unknown one by those of the corpus', () => {
    const normalizer = fitNormalizer(rows, 'speaker-min-max');
    const fresh = { rows: 3, cols: 1, data: Float32Array.of(3, 3, 3) };
    const expected = [0.5, Math.fround(0.03), Math.fround(0.03)];
    expect([...applyNormalizer(normalizer, fresh, ['a', 'd', null]).data]).toEqual(expected);
    expect([...applyNormalizer(normalizer, fresh).data]).toEqual(Array<number>(3).fill(Math.fround(0.03)));
  });

  it('do as the corpus variant and say so when there are no speakers, or only small ones', () => {
    for (const [speaker, words] of [
      [who.map(() => null), 'talk names no speakers'],
      [who.map((_, i) => String(i >> 2)), 'talk has no speaker with at least 5 rows'],
    ] as const)
      for (const [kind, instead] of [
        ['min-max', 'min-max'],
        ['rank', 'rank'],
        ['z-min-max', 'min-max'],
        ['z-clip', 'z-clip'],
      ] as const) {
        const warnings: string[] = [];
        const onWarning = (sentence: string) => void warnings.push(sentence);
        const normalizer = fitNormalizer({ ...rows, speaker }, `speaker-${kind}`, { onWarning });
        const [own, plain] = [normalizer, fitNormalizer(rows, instead)].map((one) =>
          applyNormalizer(one, rows.features),
        );
        if (kind === 'z-min-max')
          own.data.forEach((value, at) => expect(value).toBeCloseTo(plain.data[at], 6));
        else expect(normalizer).toEqual(fitNormalizer(rows, kind));
        expect(warnings).toEqual([`${words}: normalised by "${instead}" instead of "speaker-${kind}"`]);
      }
  });

  it('do not depend on the names of the speakers', () => {
    const renamed = who.map((name) =>
      name === null ? null : { a: '__proto__', b: 'constructor', c: '' }[name]!,
    );
    for (const normalization of ['speaker-min-max', 'speaker-rank', 'speaker-z-min-max'] as const) {
      const normalizer = fitNormalizer({ ...rows, speaker: renamed }, normalization);
      expect([...applyNormalizer(normalizer, rows.features, renamed).data]).toEqual(result(normalization));
    }
  });
});

describe('normalizeTask', () => {
  const source = someCorpus(40, 5, ['a', 'b'], 2);

  it('takes source and target each by itself', () => {
    const target = someCorpus(SMALL_TARGET_ROWS, 5, ['a', 'b'], 9);
    for (const normalization of NORMALIZATIONS) {
      const task = normalizeTask([source], target, normalization);
      const [own, other] = [fitNormalizer(source, normalization), fitNormalizer(target, normalization)];
      expect(task.source).toEqual(applyNormalizer(own, source.features, source.speaker));
      expect(task.target).toEqual(applyNormalizer(other, target.features, target.speaker));
      expect(task.normalizer).toEqual(other);
      expect(task.warnings).toEqual([]);
    }
  });

  it.each([1, 2, 5, 19])('a target of %i rows takes the ranges of the source, with a warning', (count) => {
    const target = someCorpus(count, 5, ['a', 'b'], 9);
    for (const normalization of NORMALIZATIONS) {
      const task = normalizeTask([source], target, normalization);
      if (normalization === 'none') {
        expect(task.target).toEqual(target.features);
        expect(task.warnings).toEqual([]);
        continue;
      }
      // By the corpus: speaker "a" of the target is not speaker "a" of the source.
      const corpusWide = normalization.replace('speaker-', '') as Normalization;
      if (!normalization.startsWith('speaker-z')) {
        const whole = fitNormalizer(source, corpusWide);
        expect(task.target).toEqual(applyNormalizer(whole, target.features));
        expect(task.normalizer).toEqual(whole);
      }
      expect(task.normalizer.speakers).toEqual([]);
      expect(task.target.data.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(task.warnings).toHaveLength(1);
      expect(task.warnings[0]).toContain(`some has ${count} ${count === 1 ? 'row' : 'rows'}, fewer than 20`);
    }
  });

  it('names corpus, row and column of a value that is not finite', () => {
    const target = someCorpus(3, 5, [null], 4);
    target.features.data[2 * 5 + 1] = Infinity;
    expect(() => normalizeTask([source], target, 'min-max')).toThrow(
      'some: row 2 ("2.wav"), column 1 ("f1") is Infinity; features must be finite numbers',
    );
  });
});
