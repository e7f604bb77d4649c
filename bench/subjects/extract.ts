/**
 * Feature extraction: CPU seconds per second of audio, where they go, start-up, memory.
 *
 * Real speech if EmoDB lies beside the project (SATNMF_SHARED, default ../shared), else noise.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Signal, compareModule, extract, openExtractor } from '../../js/audio/index.js';
import { Bench, LONG, SHORT } from '../../test/audio/stages.js';
import { babble, fromPcm } from '../../test/audio/synthetic.js';

const RATE = 16000;
const folder = join(process.env.SATNMF_SHARED ?? '../shared', 'data', 'emodb');

/** Files of 2 to 4 seconds. */
function files(): { from: string; bytes: Uint8Array[]; seconds: number } {
  if (!existsSync(folder)) {
    const samples = Array.from({ length: 20 }, (_, i) => fromPcm(babble(3 * RATE, i)));
    return { from: 'synthetic signals', bytes: samples.map(toWav), seconds: 60 };
  }
  const bytes = readdirSync(folder)
    .filter((file) => file.endsWith('.wav'))
    .sort()
    .map((file) => readFileSync(join(folder, file)))
    .filter(({ length }) => length > 2 * 2 * RATE && length < 4 * 2 * RATE)
    .slice(0, 60);
  return { from: 'EmoDB', bytes, seconds: bytes.reduce((sum, { length }) => sum + length, 0) / 2 / RATE };
}

function toWav(samples: Float32Array): Uint8Array {
  const header = Buffer.alloc(44);
  header.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(2 * RATE, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(2 * samples.length, 40);
  const pcm = Int16Array.from(samples, (x) => Math.round(x * 32767));
  return Buffer.concat([header, Buffer.from(pcm.buffer)]);
}

/** CPU seconds of this process. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function costOf(seconds: number, work: () => Promise<void>, times = 3): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const began = cpu();
    await work();
    best = Math.min(best, (cpu() - began) / seconds);
  }
  return best;
}

const line = (what: string, value: string): void => console.log(`${what.padEnd(58)} ${value}`);
const milli = (cost: number): string => `${(1000 * cost).toFixed(2)} ms`;

// Start-up first, while nothing is warm.
const second: Signal = { samples: fromPcm(babble(RATE)), sampleRate: RATE };
const began = performance.now();
const module = await compareModule();
const compiled = performance.now();
await extract(second, { module });
const done = performance.now();

const { from, bytes, seconds } = files();
console.log(`Feature extraction, one thread, ${bytes.length} files (${seconds.toFixed(0)} s) of ${from}`);
console.log('CPU time per second of audio; the native reference needs 12 ms (long files) to 23 ms (short)\n');
line('files of 2–4 s, WAV bytes to 6373 features', '');
const cold = await costOf(seconds, () => allFiles(), 1);
line('  first pass, compiling included', milli(cold));
const warm = await costOf(seconds, () => allFiles());
line('  after it', milli(warm));
line(
  '  against the native reference',
  `${(0.012 / warm).toFixed(1)} to ${(0.023 / warm).toFixed(1)} times as fast`,
);

async function allFiles(): Promise<void> {
  for (const file of bytes) await extract(file, { module });
}

const minute: Signal = { samples: fromPcm(babble(60 * RATE)), sampleRate: RATE };
line('one minute in one piece', milli(await costOf(60, () => extract(minute, { module }).then(() => {}))));
line(
  'one minute, level lld',
  milli(await costOf(60, () => extract(minute, { module, level: 'lld' }).then(() => {}))),
);
const wide: Signal = { samples: fromPcm(babble(60 * 48000)), sampleRate: 48000 };
line('one minute at 48 kHz', milli(await costOf(60, () => extract(wide, { module }).then(() => {}))));

console.log('\nWhere it goes, per second of audio');
stages(new Bench(module));

console.log('\nStart-up');
line('compiling the module', `${(compiled - began).toFixed(1)} ms`);
line('first instance, tables and the features of 1 s', `${(done - compiled).toFixed(1)} ms`);

console.log('\nOne hour of audio');
for (const [name, options] of [
  ['level lld', { level: 'lld' }],
  ['windows of 3 s every 3 s', { windowSeconds: 3 }],
  ['6373 features of the whole', {}],
] as const) {
  const extractor = await openExtractor({ sampleRate: RATE, module, ...options });
  const start = cpu();
  let largest = 0;
  for (let i = 0; i < 60; i++) {
    extractor.push(minute.samples);
    largest = Math.max(largest, process.memoryUsage().rss);
  }
  extractor.finish();
  const own = extractor.memoryBytes;
  largest = Math.max(largest, process.memoryUsage().rss);
  line(
    `  ${name}`,
    `${milli((cpu() - start) / 3600)} a second, wasm memory ${megabytes(own)}, process ${megabytes(largest)}`,
  );
}

function megabytes(count: number): string {
  return `${(count / 1e6).toFixed(1)} MB`;
}

/** Each stage by itself on operands of its own; a second is 25 quads of frames. */
function stages(bench: Bench): void {
  const { wasm } = bench;
  const at = (i: number): number => bench.operand(i);
  bench.f32(at(4), 4000).set(fromPcm(babble(24_000)).subarray(20_000));
  wasm.takeFrames(at(0), at(4), LONG);
  const parts: [name: string, work: () => void][] = [
    [
      '20 ms frames, window, FFT 512',
      () => {
        wasm.takeFrames(at(0), at(4), SHORT);
        wasm.spectrum(at(1), at(2), at(0), 1);
      },
    ],
    ['mel, auditory spectrum, RASTA, MFCC', () => perceptual()],
    ['15 spectral descriptors', () => wasm.spectral(at(5), at(1), at(3), 4)],
    [
      '60 ms frames, zero crossings, window, FFT 1024',
      () => {
        wasm.takeFrames(at(0), at(4), LONG);
        wasm.frameZcr(at(5), at(0));
        wasm.spectrum(at(6), at(2), at(0), 0);
      },
    ],
    ['octave spectrum', () => wasm.octaveSpectrum(at(7), at(6))],
    ['pitch candidates', () => wasm.pitchCandidates(at(8), at(7))],
  ];
  function perceptual(): void {
    wasm.powers(at(3), at(1), 257);
    wasm.melSpectrum(at(9), at(3));
    wasm.auditorySpectrum(at(10), at(9));
    wasm.rastaSpectrum(at(11), at(9), 4);
    wasm.scaleEnergies(at(9), at(9));
    wasm.mfcc(at(12), at(9));
  }
  const REPEAT = 4000;
  for (const [name, work] of parts) {
    for (let i = 0; i < 200; i++) work();
    const start = cpu();
    for (let i = 0; i < REPEAT; i++) work();
    line(`  ${name}`, milli(((cpu() - start) / REPEAT) * 25));
  }
  const FEATURES = 20;
  wasm.begin(0);
  for (let i = 0; i < 3 * RATE; i += 16000) {
    bench.f32(wasm.input(), 16000).set(minute.samples.subarray(i, i + 16000));
    wasm.push(16000);
  }
  wasm.finish();
  const extracted = cpu();
  for (let i = 0; i < FEATURES; i++) wasm.features();
  line('  functionals (of 3 s)', milli((cpu() - extracted) / FEATURES / 3));
  console.log('  (the rest is Viterbi smoothing, jitter, shimmer and HNR, and reading the file)');
}
