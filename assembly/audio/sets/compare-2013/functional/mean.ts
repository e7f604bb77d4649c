// Means of four contours; each writes one f32x4.
import { exponential, logarithm } from '../../../../elementary';
import { mean } from './summary';

/** amean. */
export function arithmeticMean(out: usize): usize {
  v128.store(out, mean());
  return out + 16;
}

/** flatness: geometric mean of |v| over the values that are not 0 / mean of |v|; 1 if all are 0. */
export function flatness(out: usize, v: usize, n: i32): usize {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    let sum = 0.0;
    let logs = 0.0;
    let count = 0;
    for (let at = v + lane, end = at + ((<usize>n) << 4); at < end; at += 16) {
      const x = Math.abs(<f64>load<f32>(at));
      if (x == 0.0) continue;
      sum += x;
      logs += logarithm(x);
      count++;
    }
    const flat = count > 0 ? exponential(logs / <f64>count) / (sum / <f64>n) : 1.0;
    store<f32>(out + lane, <f32>flat);
  }
  return out + 16;
}

/** posamean: mean of the values above 0; 0 if there is none. */
export function positiveMean(out: usize, v: usize, n: i32): usize {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    let sum = 0.0;
    let count = 0;
    for (let at = v + lane, end = at + ((<usize>n) << 4); at < end; at += 16) {
      const x = load<f32>(at);
      if (x > 0) {
        sum += <f64>x;
        count++;
      }
    }
    store<f32>(out + lane, count > 0 ? <f32>(sum / <f64>count) : 0);
  }
  return out + 16;
}

/** rqmean: sqrt(Σ v² / N). */
export function quadraticMean(out: usize, v: usize, n: i32): usize {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    let sum = 0.0;
    for (let at = v + lane, end = at + ((<usize>n) << 4); at < end; at += 16) {
      const x = <f64>load<f32>(at);
      sum += x * x;
    }
    store<f32>(out + lane, <f32>Math.sqrt(sum / <f64>n));
  }
  return out + 16;
}
