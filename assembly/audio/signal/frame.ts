// Frames and windows: frame n of a stream covers samples 160 n … 160 n + width − 1, so both
// streams advance 100 times a second. Four frames are taken at a time, one a lane.
import { exponential } from '../../elementary';
import { reserve } from '../arena';
import { copy4x4 } from '../../transpose';

/** Samples from one frame to the next: 10 ms at 16 kHz. */
export const HOP: i32 = 160;
/** Samples of a frame of the 60 ms stream. */
export const LONG: i32 = 960;
/** Samples of a frame of the 20 ms stream. */
export const SHORT: i32 = 320;

/** 0.54 − 0.46 cos(2πi/319), f32[320]. */
export const HAMMING: usize = hamming();
/** exp(−t²/2), t = (i − 479.5)/(0.4 · 479.5), f32[960]. */
export const GAUSS: usize = gauss();

function hamming(): usize {
  const table = reserve(SHORT << 2);
  for (let i = 0; i < SHORT; i++) {
    // A literal inside <f32>(…) would be an f32 itself, so the value gets a name of its own.
    const w = 0.54 - 0.46 * Math.cos((2.0 * Math.PI * <f64>i) / <f64>(SHORT - 1));
    store<f32>(table + (i << 2), <f32>w);
  }
  return table;
}

function gauss(): usize {
  const table = reserve(LONG << 2);
  const middle = <f64>(LONG - 1) / 2.0;
  for (let i = 0; i < LONG; i++) {
    const t = (<f64>i - middle) / (0.4 * middle);
    store<f32>(table + (i << 2), <f32>exponential(-0.5 * t * t));
  }
  return table;
}

/**
 * Four consecutive frames side by side.
 * out: f32x4[width]; samples: f32, the first sample of the first frame; width a multiple of 4.
 */
export function takeFrames(out: usize, samples: usize, width: i32): void {
  assert((width & 3) == 0);
  for (let i = 0; i < width; i += 4) copy4x4(out + (i << 4), 16, samples + (i << 2), HOP << 2);
}

/** out ← window ∘ frames, zeros appended up to `size`. out: f32x4[size]; frames: f32x4[width]; window: f32[width]. */
export function applyWindow(out: usize, frames: usize, window: usize, width: i32, size: i32): void {
  assert(width <= size);
  for (let i = 0; i < width; i++)
    v128.store(out + (i << 4), f32x4.mul(v128.load(frames + (i << 4)), v128.load32_splat(window + (i << 2))));
  memory.fill(out + (width << 4), 0, (size - width) << 4);
}
