import { corpus, type Corpus } from '../../../js/data/corpus.js';
import { matrix } from '../../../js/data/matrix.js';
import { floats } from '../../assembly/core/values.js';

/** A corpus of two or more emotions, each a shift of its own features; with another size and place for each corpus. */
export function emotional(
  name: string,
  seed: number,
  emotions: readonly string[],
  rows: number,
  d = 40,
): Corpus {
  const noise = floats(seed, rows * d, -1, 1);
  const emotion = Array.from({ length: rows }, (_, i) => emotions[i % emotions.length]);
  const all = ['anger', 'fear', 'happiness', 'sadness'];
  return corpus({
    name,
    features: matrix(
      rows,
      d,
      noise.map((value, at) => {
        const [i, f] = [Math.floor(at / d), at % d];
        return (1 + seed) * (value + (f % all.length === all.indexOf(emotion[i]) ? 1 : 0)) + 10 * seed;
      }),
    ),
    columns: Array.from({ length: d }, (_, f) => `feature ${f}`),
    emotion,
  });
}
