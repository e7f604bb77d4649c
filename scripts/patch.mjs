/**
 * What makes one module of another, a third of the size of the module itself; `js/core/builtin/patched-bytes.ts` says how it is
 * written, and applies it.
 *
 * Modules of the same sources differ here in a whole function, there in the number of one that is called. So bytes that
 * differ stand in the place of as many old ones, until the old ones go on better elsewhere.
 */

/** Bytes in a row by which a place to go on from is found. */
const KEY = 4;
/** Bytes by which places are compared, what one that differs takes away, and by how much another must be better. */
const [AHEAD, MISS, BETTER] = [64, 2, 8];

/** How well `now` from `to` on is what `old` is from `from` on. */
function likeness(old, now, from, to) {
  let [sum, best] = [0, 0];
  for (let k = 0; k < AHEAD && from + k < old.length && to + k < now.length; k++) {
    sum += old[from + k] === now[to + k] ? 1 : -MISS;
    best = Math.max(best, sum);
  }
  return best;
}

/** Little-endian, seven bits a byte. */
function numbers(values) {
  const bytes = [];
  for (let value of values) {
    for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
    bytes.push(value);
  }
  return bytes;
}

/**
 * @param {Buffer} old
 * @param {Buffer} now
 */
export function patchOf(old, now) {
  const key = (bytes, at) => bytes.toString('latin1', at, at + KEY);
  const places = new Map();
  for (let at = 0; at + KEY <= old.length; at++) {
    const here = places.get(key(old, at));
    if (here === undefined) places.set(key(old, at), [at]);
    else here.push(at);
  }

  const [steps, written] = [[], []];
  let [from, copies, writes] = [0, 0, 0];
  const endStep = (jump) => {
    steps.push(copies, writes, jump < 0 ? -2 * jump - 1 : 2 * jump);
    [copies, writes] = [0, 0];
  };
  for (let to = 0; to < now.length; to++, from++) {
    if (old[from] !== now[to]) {
      let [place, best] = [from, likeness(old, now, from, to) + BETTER];
      for (const other of places.get(key(now, to)) ?? []) {
        const like = likeness(old, now, other, to);
        if (like > best) [place, best] = [other, like];
      }
      if (place !== from) endStep(place - from);
      from = place;
    }
    if (old[from] !== now[to]) {
      written.push(now[to]);
      writes++;
    } else {
      if (writes > 0) endStep(0);
      copies++;
    }
  }
  endStep(0);
  return Uint8Array.from([...numbers([now.length, written.length, ...steps]), ...written]);
}
