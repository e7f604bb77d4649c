/**
 * Feature extraction: CPU time per second of audio, where it goes, start-up, memory.
 *
 * Real speech if EmoDB lies beside the project (SATNMF_SHARED, default ../shared), else noise. The native
 * reference needs 12 ms of CPU a second of audio for long files and 23 ms for short ones on this kind of
 * machine; it is not here to be run, so these are bounds and not ratios.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Signal, compareModule, extract, openExtractor } from '../../js/entries/audio.js';
import { Bench, LONG, SHORT, stagesBuild } from '../../test/assembly/audio/stages.js';
import { babble, fromPcm } from '../../test/js/audio/synthetic.js';
import { shared } from '../data.js';
import { costOf, isAbsent, mapped, measure, type Row, row, spread, subject } from '../harness.js';
import { openRuntime } from '../runtimes.js';

const RATE = 16000;
const folder = join(shared, 'data', 'emodb');

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

const milli = (seconds: number): number => 1000 * seconds;
const A_SECOND = 'ms CPU a second of audio';

await subject('extract', async (say) => {
  const module = await compareModule();
  const { from, bytes, seconds } = files();
  say(`${bytes.length} files (${seconds.toFixed(0)} s) of ${from} …`);
  const minute: Signal = { samples: fromPcm(babble(60 * RATE)), sampleRate: RATE };
  const wide: Signal = { samples: fromPcm(babble(60 * 48000)), sampleRate: 48000 };
  const allFiles = async (): Promise<void> => {
    for (const file of bytes) await extract(file, { module });
  };
  const cold = await costOf(allFiles);
  const timings = await measure(
    {
      files: allFiles,
      minute: () => extract(minute, { module }),
      descriptors: () => extract(minute, { module, level: 'lld' }),
      wide: () => extract(wide, { module }),
    },
    { rounds: 5 },
  );
  const perSecond = (name: keyof typeof timings, length: number): ReturnType<typeof mapped> =>
    mapped(timings[name].cpu, (s) => milli(s / length));
  say('stage by stage …');
  const stageRows = stages(new Bench(stagesBuild()), minute);
  say('an hour of audio …');
  return [
    row({
      name: `files of 2–4 s, WAV bytes to 6373 features`,
      value: perSecond('files', seconds),
      unit: A_SECOND,
      target: '≤ 23 ms',
      goal: '≤ 11.5 ms',
      note: `${bytes.length} files of ${from}`,
    }),
    row({
      name: 'files of 2–4 s, first pass, compiling included',
      value: milli(cold.cpu / seconds),
      unit: A_SECOND,
    }),
    row({
      name: 'one minute in one piece',
      value: perSecond('minute', 60),
      unit: A_SECOND,
      target: '≤ 12 ms',
      goal: '≤ 6 ms',
    }),
    row({ name: 'one minute, level lld', value: perSecond('descriptors', 60), unit: A_SECOND }),
    row({ name: 'one minute at 48 kHz, resampled', value: perSecond('wide', 60), unit: A_SECOND }),
    ...stageRows,
    ...(await startUp()),
    ...(await anHour(minute, module)),
  ];
});

/** In processes of their own, where nothing is warm; process start excluded, wall time. */
async function startUp(): Promise<Row[]> {
  const compile: number[] = [];
  const features: number[] = [];
  for (let i = 0; i < 5; i++) {
    const node = await openRuntime('Node', 'audio-start');
    if (isAbsent(node)) throw new Error(node.absent);
    const took = (await node.call('start')) as { compile: number; features: number };
    compile.push(took.compile);
    features.push(took.features);
    await node.close();
  }
  return [
    row({ name: 'compiling the module', value: spread(compile), unit: 'ms' }),
    row({
      name: 'module load to the features of 1 s',
      value: spread(features),
      unit: 'ms',
      target: '≤ 50 ms',
    }),
  ];
}

/** Wasm memory after an hour of audio, pushed minute by minute. */
async function anHour(minute: Signal, module: WebAssembly.Module): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, options] of [
    ['level lld', { level: 'lld' }],
    ['windows of 3 s every 3 s', { windowSeconds: 3 }],
    ['6373 features of the whole', {}],
  ] as const) {
    const extractor = await openExtractor({ sampleRate: RATE, module, ...options });
    for (let i = 0; i < 60; i++) extractor.push(minute.samples);
    extractor.finish();
    rows.push(
      row({
        name: `one hour of audio, ${name}: wasm memory`,
        value: extractor.memoryBytes / 1e6,
        unit: 'MB',
      }),
    );
  }
  return rows;
}

/** Each stage by itself on operands of its own; a second is 25 quads of frames. */
function stages(bench: Bench, minute: Signal): Row[] {
  const rows: Row[] = [];
  const stage = (name: string, seconds: number): void => {
    rows.push(row({ name: `stage: ${name}`, value: milli(seconds), unit: A_SECOND }));
  };
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
    stage(name, ((cpu() - start) / REPEAT) * 25);
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
  // The rest is Viterbi smoothing, jitter, shimmer and HNR, and reading the file.
  stage('functionals (of 3 s)', (cpu() - extracted) / FEATURES / 3);
  return rows;
}

/** CPU seconds of this process. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
