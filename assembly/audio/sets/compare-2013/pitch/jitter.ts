// Jitter, shimmer and harmonics-to-noise ratio: pitch periods are followed in the samples by
// normalised cross correlation of neighbouring stretches, around the F0 of the frame.
//
// Correlation and parabola in f64, sums in sample order; everything else in f32, one rounding an
// operation. A period is accepted if its correlation is above the lowest so far in the frame after
// that one was rounded to f32; so the last bit decides, and it is part of the result.
import { reserve } from '../../../arena';
import { HOP, LONG } from '../../../signal/frame';
import { findVertex, vertexX, vertexY } from '../../../signal/parabola';

/** Samples before a frame that its period search may read. */
export const BACKLOG: i32 = 1024;
const RATE: f64 = 16000;
/** logHNR of a frame without pitch, and the lowest there is. */
const LOWEST_HNR: f32 = -100;

// Samples of the frame as f64; correlations f64 by lag; average period f32; period starts i32.
const SAMPLES: usize = reserve((LONG + 2 * BACKLOG) << 3);
const CORRELATION: usize = reserve(512 << 3);
const WAVE: usize = reserve(512 << 2);
const STARTS: usize = reserve(256 << 2);

/** Samples carried over from the frame before, ahead of the frame's first one. */
let carried: i32 = 0;
let periodBefore: f32 = 0;
let differenceBefore: f32 = 0;
let jitterLocal: f32 = 0;
let jitterDdp: f32 = 0;
let shimmerLocal: f32 = 0;

export function resetJitter(): void {
  carried = 0;
  periodBefore = 0;
  differenceBefore = 0;
  jitterLocal = 0;
  jitterDdp = 0;
  shimmerLocal = 0;
}

/**
 * The next frame. out: f32[4] jitterLocal, jitterDDP, shimmerLocal, logHNR; frame: f32, the first sample of the
 * frame, BACKLOG samples before and 960 behind it readable; f0: Hz, 0 if unvoiced.
 */
export function jitter(out: usize, frame: usize, f0: f32): void {
  const advance = HOP + carried;
  if (f0 == 0) {
    resetJitter();
    store<f32>(out, 0);
    store<f32>(out, 0, 4);
    store<f32>(out, 0, 8);
    store<f32>(out, LOWEST_HNR, 12);
    return;
  }
  const T = RATE / <f64>f0;
  const T0 = <i32>Math.floor(T + 0.5);
  const lagMin = <i32>Math.floor(0.75 * T);
  const lagMax = <i32>Math.ceil(1.25 * T);
  const length = min(max(advance, 2 * lagMax + 2), carried + LONG);
  const b = frame - (carried << 2);
  // Two more than are read: the correlation takes lags in pairs.
  for (let i = 0; i < length + 2; i++) store<f64>(SAMPLES + (i << 3), <f64>load<f32>(b + (i << 2)));
  memory.fill(WAVE, 0, T0 << 2);

  let start = 0;
  let boundary = 0;
  let period = 0;
  let starts = 0;
  let lowest: f32 = Infinity;
  let periods = 0;
  let differences = 0;
  let seconds = 0;
  let sumPeriod: f32 = 0;
  let sumDifference: f32 = 0;
  let sumSecond: f32 = 0;
  let sumAmplitude: f32 = 0;
  let sumAmplitudeChange: f32 = 0;
  while (start < length - 2 * lagMax - 1) {
    correlate(SAMPLES + (start << 3), lagMin, lagMax);
    const k = highestPeak(lagMax - lagMin - 2);
    if (k < 0) {
      period = T0;
      start += T0;
    } else {
      period = lagMin + k;
      const old = start;
      start += period;
      const amplitude = peakToPeak(b, old + 1, old + period - 2);
      const amplitudeNext = peakToPeak(b, start + 1, start + period - 2);
      store<i32>(STARTS + (starts++ << 2), old);
      addWave(b + (old << 2), T0);
      const c = CORRELATION + (k << 3);
      findVertex(<f64>(k - 1), load<f64>(c - 8), <f64>k, load<f64>(c), <f64>(k + 1), load<f64>(c, 8));
      const tau = <f32>Math.abs((<f64>lagMin + vertexX) / RATE);
      const q = <f32>vertexY;
      if (q < lowest) lowest = q;
      if (vertexY > <f64>lowest) {
        periods++;
        sumPeriod += tau;
        if (periodBefore > 0) {
          const difference = abs(periodBefore - tau);
          differences++;
          sumDifference += difference;
          if (differenceBefore > 0) {
            seconds++;
            sumSecond += abs(differenceBefore - difference);
          }
          differenceBefore = difference;
        }
        periodBefore = tau;
        sumAmplitude += (amplitude + amplitudeNext) / 2;
        sumAmplitudeChange += abs(amplitude - amplitudeNext);
      }
    }
    if (start < advance - 1) boundary = start;
  }

  store<f32>(out, jitterLocal);
  store<f32>(out, jitterDdp, 4);
  if (periods > 0) {
    const mean = sumPeriod / <f32>periods;
    if (differences > 0) jitterLocal = min<f32>(1, sumDifference / <f32>differences / mean);
    if (seconds > 0) jitterDdp = min<f32>(1, sumSecond / <f32>seconds / mean);
    shimmerLocal = sumAmplitude > 0 ? min<f32>(1, sumAmplitudeChange / sumAmplitude) : 0;
    store<f32>(out, differences > 0 ? jitterLocal : 0);
    store<f32>(out, seconds > 0 ? jitterDdp : 0, 4);
  }
  store<f32>(out, shimmerLocal, 8);
  store<f32>(out, logHnr(b, start, length, starts, period, T0), 12);
  carried = advance - boundary;
}

/**
 * CORRELATION[L − lagMin] ← normalised cross correlation of x[0 … L−1] with x[L … 2L−1], each less its
 * own mean. A constant stretch gives 0/0, and the NaN keeps it from being a peak or beside one.
 * Lags go in pairs, one a lane; the longer lane's last term is added behind.
 */
function correlate(x: usize, lagMin: i32, lagMax: i32): void {
  let sum = 0.0;
  for (let i = 0; i < lagMin; i++) sum += load<f64>(x + (i << 3));
  const zero = f64x2.splat(0);
  for (let L = lagMin; L <= lagMax; L += 2) {
    const bytes = (<usize>L) << 3;
    const y = x + bytes;
    const lags = f64x2.replace_lane(f64x2.splat(<f64>L), 1, <f64>(L + 1));
    const last = load<f64>(y);
    const meanX = f64x2.div(f64x2.replace_lane(f64x2.splat(sum), 1, sum + last), lags);
    let sumY = zero;
    for (let i: usize = 0; i < bytes; i += 8) sumY = f64x2.add(sumY, v128.load(y + i));
    const lastY = load<f64>(y + bytes, 8);
    sumY = f64x2.replace_lane(sumY, 1, f64x2.extract_lane(sumY, 1) + lastY);
    const meanY = f64x2.div(sumY, lags);
    let xy = zero;
    let xx = zero;
    let yy = zero;
    for (let i: usize = 0; i < bytes; i += 8) {
      const dx = f64x2.sub(v128.load64_splat(x + i), meanX);
      const dy = f64x2.sub(v128.load(y + i), meanY);
      xy = f64x2.add(xy, f64x2.mul(dx, dy));
      xx = f64x2.add(xx, f64x2.mul(dx, dx));
      yy = f64x2.add(yy, f64x2.mul(dy, dy));
    }
    const dx = last - f64x2.extract_lane(meanX, 1);
    const dy = lastY - f64x2.extract_lane(meanY, 1);
    xy = f64x2.replace_lane(xy, 1, f64x2.extract_lane(xy, 1) + dx * dy);
    xx = f64x2.replace_lane(xx, 1, f64x2.extract_lane(xx, 1) + dx * dx);
    yy = f64x2.replace_lane(yy, 1, f64x2.extract_lane(yy, 1) + dy * dy);
    const c = f64x2.div(xy, f64x2.mul(f64x2.sqrt(xx), f64x2.sqrt(yy)));
    v128.store(CORRELATION + ((<usize>(L - lagMin)) << 3), c);
    sum += last;
    sum += load<f64>(y, 8);
  }
}

/** Index of the highest strict peak of CORRELATION among 1 … last, −1 if there is none. */
function highestPeak(last: i32): i32 {
  let best = -1;
  for (let k = 1; k <= last; k++) {
    const c = CORRELATION + (k << 3);
    const here = load<f64>(c);
    if (load<f64>(c - 8) < here && here > load<f64>(c, 8))
      if (best < 0 || here > load<f64>(CORRELATION + (best << 3))) best = k;
  }
  return best;
}

/** Highest less lowest of b[from … to]. */
function peakToPeak(b: usize, from: i32, to: i32): f32 {
  let lowest = load<f32>(b + (from << 2));
  let highest = lowest;
  for (let i = from + 1; i <= to; i++) {
    const x = load<f32>(b + (i << 2));
    lowest = min(lowest, x);
    highest = max(highest, x);
  }
  return highest - lowest;
}

function addWave(b: usize, T0: i32): void {
  for (let i: usize = 0; i < (<usize>T0) << 2; i += 4)
    store<f32>(WAVE + i, load<f32>(WAVE + i) + load<f32>(b + i));
}

/**
 * 20 log10 of the average period's RMS over that of the residual, at least −100; 0 without any
 * residual. The stretch behind the last period closes the list of starts and joins the average.
 */
function logHnr(b: usize, start: i32, length: i32, starts: i32, period: i32, T0: i32): f32 {
  store<i32>(STARTS + (starts++ << 2), start);
  store<i32>(STARTS + (starts << 2), start + period);
  const n = <f32>starts;
  for (let i = 0; i < T0 && start + i < length; i++) {
    const w = WAVE + (i << 2);
    store<f32>(w, (load<f32>(w) + load<f32>(b + ((start + i) << 2))) / n);
  }
  let harmonic: f32 = 0;
  for (let i = 3; i <= T0 - 3; i++) {
    const w = load<f32>(WAVE + (i << 2));
    harmonic += w * w;
  }
  harmonic = sqrt<f32>(harmonic / <f32>(T0 - 4));
  let noise: f32 = 0;
  let terms = 0;
  for (let i = 0; i < starts; i++) {
    const from = load<i32>(STARTS + (i << 2));
    const end = min(load<i32>(STARTS + (i << 2), 4), from + T0) - 2;
    for (let j = from + 2; j < end; j++) {
      const difference = load<f32>(b + (j << 2)) - load<f32>(WAVE + ((j - from) << 2));
      noise += difference * difference;
      terms++;
    }
  }
  noise = terms > 0 ? sqrt<f32>(noise / <f32>terms) : 0;
  if (noise == 0) return 0;
  if (harmonic == 0) return LOWEST_HNR;
  return max(LOWEST_HNR, <f32>(20.0 * Math.log10(<f64>(harmonic / noise))));
}
