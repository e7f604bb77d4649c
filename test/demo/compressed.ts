/**
 * Compressed files made here: a FLAC file that stores samples as they are, and an MP3 file of silence.
 */

/** Remainder of a division of polynomials over bytes, `width` bits wide. */
function crc(bytes: readonly number[], width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1);
  const mask = (1 << width) - 1;
  let rest = 0;
  for (const byte of bytes) {
    rest ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) rest = (rest & top ? (rest << 1) ^ polynomial : rest << 1) & mask;
  }
  return rest;
}

const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);

/** Frames of verbatim subframes (RFC 9639, sections 8.2 and 9). @param pcm mono, 16 kHz, 16 bit; at most 128 x 4096 samples */
export function flacFile(pcm: Int16Array): Uint8Array {
  const block = 4096;
  const rate = 16_000 * 4096 + 15 * 16; // 20 bits of rate, 1 channel, 16 bits a sample, then 36 bits of length
  const info = [...big(block, 2), ...big(block, 2), ...big(0, 6), ...big(rate, 4), ...big(pcm.length, 4)];
  const out = [...Buffer.from('fLaC'), 0x80, 0, 0, 34, ...info, ...new Array<number>(16).fill(0)];
  for (let frame = 0; frame * block < pcm.length; frame++) {
    const samples = pcm.subarray(frame * block, (frame + 1) * block);
    const header = [0xff, 0xf8, 0x75, 0x08, frame, ...big(samples.length - 1, 2)];
    const values = [...samples].flatMap((value) => big(value & 0xffff, 2));
    const whole = [...header, crc(header, 8, 0x07), 0x02, ...values];
    out.push(...whole, ...big(crc(whole, 16, 0x8005), 2));
  }
  return Uint8Array.from(out);
}

/** Frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz, without any content: 26 ms of silence each. */
export function silentMp3(frames: number): Uint8Array {
  const frame = [0xff, 0xfb, 0x90, 0xc4, ...new Array<number>(413).fill(0)];
  return Uint8Array.from(Array.from({ length: frames }, () => frame).flat());
}
