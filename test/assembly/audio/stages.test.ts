/**
 * Every stage against the reference program's own output of it (spec §10), 24 signals.
 */
import { describe, expect, it } from 'vitest';
import { readWav } from '../../../js/io/wav.js';
import { mixdown } from '../../../js/audio/signal.js';
import { haveShared, references, relativeError, type Reference } from '../../js/audio/shared.js';
import { Bench, LONG, SHORT, stagesBuild } from './stages.js';

const there = haveShared('stages against the reference', 'reference', 'manifest.json');
const signals = there ? references() : [];
const bench = new Bench(stagesBuild());
const { wasm } = bench;

function samplesOf(reference: Reference): Float32Array {
  const { format, values } = readWav(reference.wav());
  return mixdown(values, format.channels, format.fullScale);
}

/** Fails with the first place where the two differ. */
function expectSame(ours: Float32Array, reference: Float32Array): void {
  expect(ours.length).toBe(reference.length);
  const at = ours.findIndex((value, i) => value !== reference[i]);
  if (at >= 0) expect.fail(`value ${at}: ${ours[at]}, the reference has ${reference[at]}`);
}

const column = (rows: Float32Array, width: number, which: number): Float32Array =>
  rows.filter((_, i) => i % width === which);

const withLevel = (level: string): Reference[] => signals.filter((signal) => signal.has(level));

describe.skipIf(!there)('each stage gives, bit for bit, what the reference gives', () => {
  it.each(withLevel('fftmagH25'))('magnitude spectra of both streams: $name', (reference) => {
    const samples = samplesOf(reference);
    const spectra = (width: number, bins: number): Float32Array =>
      bench.frames(samples, width, bins, (out, frames) =>
        wasm.spectrum(out, bench.operand(6), frames, width === SHORT ? 1 : 0),
      );
    expectSame(spectra(SHORT, 257), reference.level('fftmagH25'));
    expectSame(spectra(LONG, 513), reference.level('fftmagG60'));
  });

  it.each(signals)('energies and zero crossing rate: $name', (reference) => {
    const samples = samplesOf(reference);
    expectSame(
      bench.frames(samples, SHORT, 1, (out, frames) => wasm.frameRms(out, frames, SHORT)),
      reference.level('energy'),
    );
    expectSame(
      bench.frames(samples, LONG, 1, (out, frames) => wasm.frameZcr(out, frames)),
      reference.level('zcr'),
    );
    expectSame(
      bench.frames(samples, LONG, 1, (out, frames) => {
        wasm.windowFrames(bench.operand(6), frames, 0);
        wasm.frameRms(out, bench.operand(6), LONG);
      }),
      reference.level('e60'),
    );
  });

  it.each(withLevel('fftmagH25'))('mel energies and spectral descriptors: $name', (reference) => {
    const magnitudes = reference.level('fftmagH25');
    const mel = bench.rows(magnitudes, 257, 26, (out, input) => {
      wasm.powers(bench.operand(6), input, 257);
      wasm.melSpectrum(out, bench.operand(6));
    });
    expectSame(mel, reference.level('melspec1'));
    wasm.resetSpectral();
    const spectral = bench.rows(magnitudes, 257, 15, (out, input, count) => {
      wasm.powers(bench.operand(6), input, 257);
      wasm.spectral(out, input, bench.operand(6), count);
    });
    for (let i = 0; i < 15; i++)
      expectSame(column(spectral, 15, i), column(reference.level('spectral'), 15, i));
  });

  it.each(signals)('auditory spectrum, RASTA, MFCC: $name', (reference) => {
    const mel = reference.level('melspec1');
    expectSame(
      bench.rows(mel, 26, 26, (out, input) => wasm.scaleEnergies(out, input)),
      reference.level('melspecMfcc'),
    );
    expectSame(
      bench.rows(mel, 26, 26, (out, input) => wasm.auditorySpectrum(out, input)),
      reference.level('audspec'),
    );
    wasm.resetRasta();
    expectSame(
      bench.rows(mel, 26, 26, (out, input, count) => wasm.rastaSpectrum(out, input, count)),
      reference.level('audspecRasta'),
    );
    for (const level of ['audspec', 'audspecRasta'])
      expectSame(
        bench.rows(reference.level(level), 26, 1, (out, input) => wasm.bandMeans(out, input)),
        reference.level(`${level}Sum`),
      );
    expectSame(
      bench.rows(reference.level('melspecMfcc'), 26, 14, (out, input) => wasm.mfcc(out, input)),
      reference.level('mfcc'),
    );
  });

  it.each(withLevel('hpsG60'))('octave spectrum, but for one point in 50,000: $name', (reference) => {
    const ours = bench.rows(reference.level('fftmagG60'), 513, 513, (out, input) =>
      wasm.octaveSpectrum(out, input),
    );
    const theirs = reference.level('hpsG60');
    const different = ours.reduce((count, value, i) => count + (value === theirs[i] ? 0 : 1), 0);
    expect(different).toBeLessThan(5);
    ours.forEach((value, i) => {
      if (relativeError(value, theirs[i]) > 2e-7) expect.fail(`point ${i}: ${value}, not ${theirs[i]}`);
    });
  });

  it.each(withLevel('hpsG60'))('pitch candidates: $name', (reference) => {
    const theirs = reference.level('pitchShs').filter((_, i) => i % 21 < 19);
    expectSame(bench.candidates(reference.level('hpsG60')), theirs);
  });

  it.each(signals)('Viterbi decisions, energy gate, jitter, shimmer and HNR: $name', (reference) => {
    const candidates = reference.level('pitchShs').filter((_, i) => i % 21 < 19);
    const { path } = bench.viterbi(candidates);
    expectSame(path, reference.level('viterbi'));
    const e60 = reference.level('e60');
    const gated = path.map((value, i) => (e60[i >> 1] > Math.fround(0.001) ? value : 0));
    expectSame(gated, reference.level('pitch'));
    expectSame(bench.jitter(samplesOf(reference), gated), reference.level('jitter'));
  });
});

/** Puts the reference's levels where the extractor keeps its contours; counts of the three streams. */
function fillContours(reference: Reference): { M20: number; M60: number; K: number } {
  const M20 = reference.level('energy').length;
  const M60 = reference.level('zcr').length;
  const { K } = bench.viterbi(reference.level('pitchShs').filter((_, i) => i % 21 < 19));
  wasm.resetContours(bench.operand(16));
  wasm.roomFor(M20 + 1);
  const fill = (level: string, width: number, to: number, rows: number): void => {
    const values = reference.level(level);
    // Behind the last row it repeats (§7.3).
    for (let n = 0; n <= rows; n++)
      for (let i = 0; i < width; i++)
        bench.f32(wasm.row(n), 68)[to + i] = values[Math.min(n, rows - 1) * width + i];
  };
  fill('audspecSum', 1, 0, M20);
  fill('audspecRastaSum', 1, 1, M20);
  fill('energy', 1, 2, M20);
  fill('zcr', 1, 3, M60);
  fill('audspecRasta', 26, 4, M20);
  fill('spectral', 15, 30, M20);
  fill('mfcc', 14, 45, M20);
  fill('pitch', 2, 60, M60);
  fill('jitter', 4, 62, M60);
  return { M20, M60, K };
}

describe.skipIf(!there)('from the reference’s descriptors', () => {
  it.each(signals)('smoothing and deltas are exact: $name', (reference) => {
    const { M20, M60, K } = fillContours(reference);
    const room = 16 * (M20 + 4);
    const y = bench.operand(16) + 272 * (M20 + 16);
    wasm.space(y + 4 * room);
    for (const [level, from, width, rows] of [
      ['lldA', 0, 4, M60],
      ['lldB', 4, 55, M20],
    ] as const)
      for (let group = 0; group < width; group += 4) {
        wasm.smooth(y, from + group, 0, rows);
        wasm.delta(y + 2 * room, y, rows - 2);
        for (let lane = 0; lane < Math.min(4, width - group); lane++) {
          const lld = column(reference.level(level), width, group + lane);
          const deltas = column(reference.level(`${level}_de`), width, group + lane);
          expectSame(column(bench.f32(y, 4 * rows), 4, lane), lld.subarray(0, rows));
          const ours = column(bench.f32(y + 2 * room, 4 * (rows - 2)), 4, lane);
          expectSame(ours, deltas.subarray(0, rows - 2));
        }
      }
    wasm.smoothNz(y, 0, K, K, M60);
    for (let i = 0; i < 6; i++)
      expectSame(column(bench.f32(y, 8 * K), 8, i), column(reference.level('lldNz'), 6, i).subarray(0, K));
    wasm.deltaNz(y, K - 2);
    for (let i = 0; i < 6; i++)
      expectSame(
        column(bench.f32(y, 8 * (K - 2)), 8, i),
        column(reference.level('lldNz_de'), 6, i).subarray(0, K - 2),
      );
  });

  it.each(signals)('all 6373 functionals are within 1e-6: $name', (reference) => {
    const { M20, M60, K } = fillContours(reference);
    const ours = bench.f32(wasm.functionals(M20, M60, K), 6373);
    const theirs = reference.level('func');
    ours.forEach((value, i) => {
      if (relativeError(value, theirs[i]) > 1e-6) expect.fail(`feature ${i}: ${value}, not ${theirs[i]}`);
    });
  });
});
