/**
 * Signals made from whole numbers only, so that they are the same on every machine.
 */

/** A linear congruential generator: whole numbers 0 … 2^16 − 1. */
export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 16;
  };
}

/** White noise of the given 16-bit amplitude. */
export function noise(samples: number, amplitude: number, seed = 1): Int16Array {
  const next = lcg(seed);
  return Int16Array.from({ length: samples }, () => Math.floor(((next() - 32768) * amplitude) / 32768));
}

/** Something like speech: a gliding sawtooth with pauses, a soft onset and a little noise. */
export function babble(samples: number, seed = 1): Int16Array {
  const next = lcg(seed);
  const out = new Int16Array(samples);
  let phase = 0;
  let level = 0;
  let smooth = 0;
  for (let i = 0; i < samples; i++) {
    const syllable = Math.floor(i / 2400) % 4;
    const step = 400 + syllable * 90 + (Math.floor(i / 160) % 15) * 4;
    phase = (phase + step) % 65536;
    level += syllable === 3 ? (level > 8 ? -9 : 0) : level < 8000 ? 7 : 0;
    // Two taps of a low-pass, in whole numbers.
    smooth += Math.floor((phase - 32768 - smooth) / 3);
    out[i] = Math.floor((smooth * level) / 32768) + Math.floor((next() - 32768) / 2048);
  }
  return out;
}

/** A square wave of full scale. */
export function square(samples: number, period: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => (i % period < period / 2 ? 32767 : -32768));
}

/** The same value throughout. */
export function constant(samples: number, value: number): Int16Array {
  return new Int16Array(samples).fill(value);
}

/** 16-bit samples as a signal's. */
export function fromPcm(pcm: Int16Array): Float32Array {
  return Float32Array.from(pcm, (value) => value / 32767);
}

/** What {@link wavFile} writes. */
export interface WavParts {
  sampleRate?: number;
  channels?: number;
  bits?: number;
  float?: boolean;
  extensible?: boolean;
  /** Sizes that the headers state instead of the true ones. */
  dataSize?: number;
  riffSize?: number;
  /** Chunks between `fmt ` and `data`. */
  before?: [id: string, bytes: Uint8Array][];
  magic?: 'RIFF' | 'RF64' | 'RIFX';
}

/** A WAV file around sample bytes. */
export function wavFile(data: Uint8Array, parts: WavParts = {}): Uint8Array {
  const { sampleRate = 16000, channels = 1, bits = 16, float = false, extensible = false } = parts;
  const { before = [], magic = 'RIFF' } = parts;
  const out: number[] = [];
  const text = (id: string): void => void out.push(...[...id].map((c) => c.charCodeAt(0)));
  const u16 = (value: number): void => void out.push(value & 255, (value >>> 8) & 255);
  const u32 = (value: number): void => (u16(value & 65535), u16((value >>> 16) & 65535));
  const chunk = (id: string, bytes: Uint8Array): void => {
    text(id);
    u32(bytes.length);
    out.push(...bytes);
    if (bytes.length % 2 === 1) out.push(0);
  };
  text(magic);
  u32(parts.riffSize ?? (magic === 'RF64' ? 0xffffffff : 36 + data.length));
  text('WAVE');
  if (magic === 'RF64') {
    text('ds64');
    u32(28);
    u32(data.length + 72);
    u32(0);
    u32(data.length);
    u32(0);
    u32(0);
    u32(0);
    u32(0);
  }
  const tag = float ? 3 : 1;
  const bytes = Math.ceil(bits / 8);
  text('fmt ');
  u32(extensible ? 40 : 16);
  u16(extensible ? 0xfffe : tag);
  u16(channels);
  u32(sampleRate);
  u32(sampleRate * channels * bytes);
  u16(channels * bytes);
  u16(bits);
  if (extensible) {
    u16(22);
    u16(bits);
    u32(0);
    u16(tag);
    out.push(0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113);
  }
  for (const [id, content] of before) chunk(id, content);
  text('data');
  u32(parts.dataSize ?? (magic === 'RF64' ? 0xffffffff : data.length));
  const file = new Uint8Array(out.length + data.length);
  file.set(out);
  file.set(data, out.length);
  return file;
}

/** A 16-bit WAV file; several channels interleaved in `pcm`. */
export function pcmFile(pcm: Int16Array, parts: WavParts = {}): Uint8Array {
  return wavFile(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength), parts);
}
