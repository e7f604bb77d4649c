// Smaller models for new recordings.
import type { Core } from '../../core/index.js';
import { checkNumber } from '../../data/index.js';
import { type Normalizer, thinRanks } from '../../data/scaling/index.js';
import { halvedCoder } from './coders/coder.js';
import type { Model } from '../../contract/index.js';
import { adaptedModel } from './model.js';

/** Default budget of a compact model in bytes: what an edge bundle can carry. */
export const COMPACT_BYTES = 5e6;
/** Values of a column's distribution that a compact model keeps (ours). */
const RANK_POINTS = 65;

function thinned(normalizer: Normalizer): Normalizer {
  if (normalizer.kind !== 'rank') return normalizer;
  return { ...normalizer, ...thinRanks(normalizer, normalizer.cols, RANK_POINTS) };
}

/**
 * A smaller model for new recordings: the trials that agree best with the vote, their coders
 * rounded to half precision, as many as fit the budget and at least one; of the sorted columns of a rank
 * normalisation {@link RANK_POINTS} values each. What the full model said of its target is kept.
 * @param maxBytes budget of `toBytes()`. Default 5 MB
 * @throws {SatnmfError} `bad-argument` for a model that this copy of the package did not make
 */
export function compact(
  model: Model,
  { maxBytes = COMPACT_BYTES, core }: { maxBytes?: number; core?: Core } = {},
): Model {
  checkNumber('maxBytes', maxBytes, { above: 0 });
  const own = adaptedModel(model);
  const { parts } = own;
  const normalizer = thinned(parts.normalizer);
  const halved = parts.trials.map((trial) => ({ ...trial, coder: halvedCoder(trial.coder) }));
  const order = halved.map((_, t) => t).sort((a, b) => halved[b].agreement - halved[a].agreement || a - b);
  let best = own.with({ normalizer, trials: order.slice(0, 1).map((t) => halved[t]) }, core);
  for (let kept = 2; kept <= order.length; kept++) {
    const larger = own.with(
      {
        normalizer,
        trials: order
          .slice(0, kept)
          .sort((a, b) => a - b)
          .map((t) => halved[t]),
      },
      core,
    );
    if (larger.toBytes().length > maxBytes) break;
    best = larger;
  }
  return best;
}
