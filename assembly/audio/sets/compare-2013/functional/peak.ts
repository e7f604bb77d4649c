// Peaks: local extrema of a contour, thinned by a threshold of a tenth of its range, then the
// distances and heights of the maxima and the slopes between neighbours.
import { meanOf, rangeOf } from './summary';

const FRAME: f32 = 0.01;
const REMOVED: i32 = 0;
const MAXIMUM: i32 = 1;
const MINIMUM: i32 = 2;

// The list: kind i32 and row i32 an entry, in time order; where it lies, and how long it is.
let list: usize = 0;
let entries: i32 = 0;
// The contour at work: first value, rows, threshold.
let values: usize = 0;
let rows: i32 = 0;
let threshold: f32 = 0;

/** What entry e of the list is. */
@inline
function kind(e: i32): i32 {
  return load<i32>(list + ((<usize>e) << 3));
}

/** Row of entry e. */
@inline
function place(e: i32): i32 {
  return load<i32>(list + ((<usize>e) << 3), 4);
}

/** Value of row i. */
@inline
function value(i: i32): f32 {
  return load<f32>(values + ((<usize>i) << 4));
}

/** Takes entry e out of the list. */
@inline
function remove(e: i32): void {
  store<i32>(list + ((<usize>e) << 3), REMOVED);
}

/** Four contours; writes 12 f32x4, in the order of the features' names; scratch: 8 n bytes. */
export function peaks(out: usize, v: usize, n: i32, scratch: usize): usize {
  list = scratch;
  rows = n;
  for (let lane = 0; lane < 4; lane++) {
    values = v + (lane << 2);
    threshold = <f32>0.1 * rangeOf(lane);
    findExtrema();
    dropSmallMaxima();
    dropSmallMinima();
    alternate();
    distances(out + (lane << 2));
    heights(out + (lane << 2), meanOf(lane), rangeOf(lane));
    slopes(out + (lane << 2));
  }
  return out + (12 << 4);
}

/** Step 1: strict extrema of rows 2 … n−3. */
function findExtrema(): void {
  entries = 0;
  for (let i = 2; i <= rows - 3; i++) {
    const before = value(i - 1);
    const here = value(i);
    const after = value(i + 1);
    const what = here > before && here > after ? MAXIMUM : here < before && here < after ? MINIMUM : REMOVED;
    if (what == REMOVED) continue;
    const at = list + ((<usize>entries) << 3);
    store<i32>(at, what);
    store<i32>(at, i, 4);
    entries++;
  }
}

/** Step 2a: maxima close to the extremum before them go, or replace the last one that was kept. */
function dropSmallMaxima(): void {
  let last = value(0);
  let lastMinimum = last;
  let lastMaximum = last;
  let seenMinimum = false;
  let kept = -1;
  for (let e = 0; e < entries; e++) {
    const y = value(place(e));
    const near = abs(y - last) < threshold;
    last = y;
    if (kind(e) == MINIMUM) {
      if (!near) {
        seenMinimum = true;
        lastMinimum = y;
      }
      continue;
    }
    if (near) {
      if (y - lastMinimum < threshold) {
        remove(e);
        continue;
      }
      if (<f64>y > 1.05 * <f64>lastMaximum) {
        if (kept >= 0) remove(kept);
      } else if (!seenMinimum) {
        remove(e);
        continue;
      }
    }
    lastMaximum = y;
    kept = e;
    seenMinimum = false;
  }
}

/** Step 2b: minima not well below the maximum before them go. */
function dropSmallMinima(): void {
  let lastMaximum = value(0);
  for (let e = 0; e < entries; e++) {
    const y = value(place(e));
    if (kind(e) == MAXIMUM) lastMaximum = y;
    else if (kind(e) == MINIMUM && lastMaximum - y < threshold) remove(e);
  }
}

/** Step 3: of neighbours of one kind the most extreme stays, the earlier one if equal. */
function alternate(): void {
  let kept = 0;
  for (let e = 0; e < entries; e++) {
    const what = kind(e);
    if (what == REMOVED) continue;
    if (kept > 0 && kind(kept - 1) == what) {
      const y = value(place(e));
      const rival = value(place(kept - 1));
      if (what == MAXIMUM ? y <= rival : y >= rival) continue;
      kept--;
    }
    store<u64>(list + ((<usize>kept) << 3), load<u64>(list + ((<usize>e) << 3)));
    kept++;
  }
  entries = kept;
}

/** meanPeakDist, peakDistStddev: the latter from the distances to the minima between. */
function distances(out: usize): void {
  let first = -1;
  let last = -1;
  let count = 0;
  for (let e = 0; e < entries; e++) {
    if (kind(e) != MAXIMUM) continue;
    if (first < 0) first = place(e);
    last = place(e);
    count++;
  }
  let mean: f32 = 0;
  let variance: f32 = 0;
  if (count > 1) {
    mean = <f32>(last - first) / <f32>(count - 1);
    for (let e = 2; e < entries; e++) {
      if (kind(e) != MAXIMUM) continue;
      const d = <f32>(place(e) - place(e - 1)) - mean;
      variance += d * d;
    }
    variance /= <f32>(count - 1);
  }
  store<f32>(out, mean * FRAME);
  store<f32>(out, sqrt<f32>(variance) * FRAME, 16);
}

/** peakRangeAbs, peakRangeRel, peakMeanAbs, peakMeanMeanDist, peakMeanRel, minRangeRel. */
function heights(out: usize, mean: f32, range: f32): void {
  let highest: f32 = 0;
  let lowest: f32 = 0;
  let sum: f32 = 0;
  let maxima = 0;
  let highestMinimum: f32 = 0;
  let lowestMinimum: f32 = 0;
  let minima = 0;
  for (let e = 0; e < entries; e++) {
    const y = value(place(e));
    if (kind(e) == MAXIMUM) {
      highest = maxima > 0 ? max(highest, y) : y;
      lowest = maxima > 0 ? min(lowest, y) : y;
      sum += y;
      maxima++;
    } else {
      highestMinimum = minima > 0 ? max(highestMinimum, y) : y;
      lowestMinimum = minima > 0 ? min(lowestMinimum, y) : y;
      minima++;
    }
  }
  const spread = highest - lowest;
  const minimumSpread = highestMinimum - lowestMinimum;
  const peakMean = maxima > 0 ? sum / <f32>maxima : 0;
  store<f32>(out, spread, 32);
  store<f32>(out, range != 0 ? abs(spread / range) : spread, 48);
  store<f32>(out, peakMean, 64);
  store<f32>(out, peakMean - mean, 80);
  store<f32>(out, mean != 0 ? peakMean / mean : peakMean, 96);
  store<f32>(out, range != 0 ? abs(minimumSpread / range) : minimumSpread, 112);
}

// Slopes of one direction: sum, squared deviations, how many, and the mean once it is known.
let rising: f32 = 0;
let falling: f32 = 0;
let risingMean: f32 = 0;
let fallingMean: f32 = 0;
let risingDeviation: f32 = 0;
let fallingDeviation: f32 = 0;
let risings: i32 = 0;
let fallings: i32 = 0;

/** The slopes between neighbours, the first from row 0: summed, then their squared deviations. */
function walkSlopes(deviations: bool): void {
  let maximum = value(0);
  let minimum = maximum;
  let atMaximum = 0;
  let atMinimum = 0;
  for (let e = 0; e < entries; e++) {
    const at = place(e);
    const y = value(at);
    if (kind(e) == MINIMUM) {
      const s = (maximum - y) / (<f32>(at - atMaximum) * FRAME);
      if (deviations) fallingDeviation += (s - fallingMean) * (s - fallingMean);
      else falling += s;
      fallings++;
      minimum = y;
      atMinimum = at;
    } else {
      const s = (y - minimum) / (<f32>(at - atMinimum) * FRAME);
      if (deviations) risingDeviation += (s - risingMean) * (s - risingMean);
      else rising += s;
      risings++;
      maximum = y;
      atMaximum = at;
    }
  }
}

/**
 * meanRisingSlope, stddevRisingSlope, meanFallingSlope, stddevFallingSlope, per second. The slope behind the last
 * extremum counts in the means (with the sign it has) and in the divisors of the deviations, not in their sums.
 */
function slopes(out: usize): void {
  const end = value(rows - 1);
  rising = 0;
  falling = 0;
  risingDeviation = 0;
  fallingDeviation = 0;
  risings = 0;
  fallings = 0;
  risingMean = 0;
  fallingMean = 0;
  if (entries == 0) {
    const s = (end - value(0)) / <f32>rows;
    if (s > 0) risingMean = s;
    if (s < 0) fallingMean = s;
  } else {
    walkSlopes(false);
    const last = place(entries - 1);
    const s = (end - value(last)) / (<f32>(rows - 1 - last) * FRAME);
    if (kind(entries - 1) == MAXIMUM) {
      falling += s;
      fallings++;
    } else {
      rising += s;
      risings++;
    }
    const risingCount = risings;
    const fallingCount = fallings;
    if (risingCount > 0) risingMean = rising / <f32>risingCount;
    if (fallingCount > 0) fallingMean = falling / <f32>fallingCount;
    walkSlopes(true);
    if (risingCount > 0) risingDeviation = sqrt<f32>(risingDeviation / <f32>risingCount);
    if (fallingCount > 0) fallingDeviation = sqrt<f32>(fallingDeviation / <f32>fallingCount);
  }
  store<f32>(out, risingMean, 128);
  store<f32>(out, risingDeviation, 144);
  store<f32>(out, fallingMean, 160);
  store<f32>(out, fallingDeviation, 176);
}
