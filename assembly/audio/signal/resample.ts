// Resampling to 16 kHz: polyphase windowed sinc, y[n] = Σ x[i] h(i − n·rate/16000), zeros outside the
// signal. Positions are kept as whole numbers over L (rate/16000 = M/L in lowest terms), so they are
// exact for any rate and length.
//
// h is a sinc under a Kaiser window. With f = min(rate, 16000)/2 it passes up to 0.9 f and stops from
// f on, by ATTENUATION decibels; that is also the design's bound for the ripple. Every phase sums to 1,
// so a constant stays what it is.
import { bottom, reach } from '../arena';

/** Most samples of a push. */
export const RESAMPLE_PUSH: i32 = 8192;
const RATE: i32 = 16000;
const LOWEST_RATE: i32 = 8000;
const HIGHEST_RATE: i32 = 192000;

// Ours: margin over the 90 dB promised; Kaiser's formulas for the window's shape and length.
const ATTENUATION: f64 = 100;
const BETA: f64 = 0.1102 * (ATTENUATION - 8.7);
/** Points of the window's table, read with linear interpolation (error below 1e-6). */
const WINDOW_POINTS: i32 = 4096;
/** With more coefficients than this over all phases, a phase's are made when it is its turn. */
const MOST_COEFFICIENTS: i32 = 1 << 21;

// Memory, in this order: window f64[4097], input f32[taps + PUSH], output, coefficients f32[phases][taps].
let window: usize = 0;
let history: usize = 0;
let output: usize = 0;
let coefficients: usize = 0;
let tabulated: bool = false;

let L: i32 = 1;
let M: i32 = 1;
let taps: i32 = 0;
/** Zeros of sin per input sample: twice the cutoff, in cycles a sample. */
let bandwidth: f64 = 1;

/** Where the next output lies: `ahead` samples behind the first one of the input buffer, plus phase/L. */
let ahead: i32 = 0;
let phase: i32 = 0;
/** Samples in the input buffer, received in all, and put out. */
let waiting: i32 = 0;
let received: i64 = 0;
let produced: i64 = 0;

function greatestCommonDivisor(a: i32, b: i32): i32 {
  while (b != 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: f64): f64 {
  const q = (x * x) / 4.0;
  let term = 1.0;
  let sum = 1.0;
  for (let k = 1.0; term > 1e-18 * sum; k += 1.0) {
    term *= q / (k * k);
    sum += term;
  }
  return sum;
}

/**
 * Prepares for a signal of `rate` Hz, 8000 … 192000. Returns the bytes that it occupies behind
 * everything reserved; 0 if the rate is out of range or there is no memory.
 */
export function openResampler(rate: i32): usize {
  if (rate < LOWEST_RATE || rate > HIGHEST_RATE) return 0;
  const divisor = greatestCommonDivisor(RATE, rate);
  L = RATE / divisor;
  M = rate / divisor;
  const edge = <f64>min(rate, RATE) / 2.0 / <f64>rate;
  const transition = 0.1 * edge;
  bandwidth = 2.0 * (edge - transition / 2.0);
  taps = (<i32>Math.ceil((ATTENUATION - 7.95) / (14.36 * transition)) + 8) & ~7;
  tabulated = <i64>L * <i64>taps <= <i64>MOST_COEFFICIENTS;

  window = bottom();
  history = window + ((WINDOW_POINTS + 2) << 3);
  output = history + ((<usize>taps + RESAMPLE_PUSH + 16) << 2);
  coefficients = output + ((<usize>(2 * (RESAMPLE_PUSH + taps) + 16)) << 2);
  const rows = tabulated ? L : 1;
  const end = coefficients + ((<usize>(rows * taps)) << 2);
  if (!reach(end)) return 0;

  for (let i = 0; i <= WINDOW_POINTS; i++) {
    const u = <f64>i / <f64>WINDOW_POINTS;
    store<f64>(window + ((<usize>i) << 3), bessel(BETA * Math.sqrt(1.0 - u * u)) / bessel(BETA));
  }
  if (tabulated)
    for (let p = 0; p < L; p++) phaseCoefficients(coefficients + ((<usize>p * <usize>taps) << 2), p);

  // The first output is at sample 0: half the filter lies in the zeros before it.
  waiting = taps / 2 - 1;
  memory.fill(history, 0, (<usize>waiting) << 2);
  ahead = 0;
  phase = 0;
  received = 0;
  produced = 0;
  return end - bottom();
}

/** The coefficients for an output phase/L behind a sample, f32[taps]; tap taps/2 − 1 is that sample. */
function phaseCoefficients(out: usize, p: i32): void {
  const half = taps / 2;
  const offset = <f64>p / <f64>L;
  const step = Math.PI * bandwidth;
  // sin(step τ) along τ = 1 − half − offset, … by rotation.
  let sine = Math.sin(step * (<f64>(1 - half) - offset));
  let cosine = Math.cos(step * (<f64>(1 - half) - offset));
  const turnSine = Math.sin(step);
  const turnCosine = Math.cos(step);
  let sum = 0.0;
  for (let i = 0; i < taps; i++) {
    const tau = <f64>(i + 1 - half) - offset;
    const at = (Math.abs(tau) / <f64>half) * <f64>WINDOW_POINTS;
    const cell = min(<i32>at, WINDOW_POINTS - 1);
    const w = window + ((<usize>cell) << 3);
    const left = load<f64>(w);
    const kaiser = left + (at - <f64>cell) * (load<f64>(w, 8) - left);
    const h = kaiser * (tau == 0.0 ? bandwidth : sine / (Math.PI * tau));
    sum += h;
    store<f32>(out + ((<usize>i) << 2), <f32>h);
    const turned = sine * turnCosine + cosine * turnSine;
    cosine = cosine * turnCosine - sine * turnSine;
    sine = turned;
  }
  const scale = <f32>(1.0 / sum);
  for (let i = 0; i < taps; i++) {
    const at = out + ((<usize>i) << 2);
    store<f32>(at, load<f32>(at) * scale);
  }
}

/** Where to write the next samples, f32, at most RESAMPLE_PUSH of them. */
export function resampleInput(): usize {
  return history + ((<usize>waiting) << 2);
}

/** Where {@link resample} and {@link finishResampling} leave their samples. */
export function resampleOutput(): usize {
  return output;
}

/** Takes the `count` samples just written; returns how many came out. */
export function resample(count: i32): i32 {
  assert(0 <= count && count <= RESAMPLE_PUSH && taps > 0);
  received += count;
  waiting += count;
  return convert(i64.MAX_VALUE);
}

/** End of the signal, which comes out round(received · 16000 / rate) samples long in all. */
export function finishResampling(): i32 {
  assert(taps > 0);
  const total = (2 * received * <i64>L + <i64>M) / (2 * <i64>M);
  const rest = taps / 2 + 1;
  memory.fill(resampleInput(), 0, (<usize>rest) << 2);
  waiting += rest;
  return convert(total);
}

/** All outputs whose taps have arrived, up to number `total`; drops the samples that are done with. */
function convert(total: i64): i32 {
  let count = 0;
  while (ahead + taps <= waiting && produced < total) {
    let h = coefficients;
    if (tabulated) h += (<usize>phase * <usize>taps) << 2;
    else phaseCoefficients(h, phase);
    store<f32>(output + ((<usize>count) << 2), product(history + ((<usize>ahead) << 2), h));
    count++;
    produced++;
    phase += M % L;
    ahead += M / L;
    if (phase >= L) {
      phase -= L;
      ahead++;
    }
  }
  const gone = min(ahead, waiting);
  memory.copy(history, history + ((<usize>gone) << 2), (<usize>(waiting - gone)) << 2);
  waiting -= gone;
  ahead -= gone;
  return count;
}

/** Σ x h over the taps: eight partial sums, added in one fixed order. */
function product(x: usize, h: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  for (const end = h + ((<usize>taps) << 2); h < end; h += 32, x += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(x), v128.load(h)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(x, 16), v128.load(h, 16)));
  }
  const s = f32x4.add(even, odd);
  return (
    f32x4.extract_lane(s, 0) +
    f32x4.extract_lane(s, 1) +
    (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3))
  );
}
