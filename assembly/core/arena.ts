// arena — memory for one fit at a time: a stack over linear memory.
//
// The host asks for the bytes of a fit once (`reserve`) and takes blocks with `alloc`. `release` gives back
// everything that was taken since a `mark`. No block is freed alone, so the memory cannot fragment. Every block is 16-byte aligned.

const ALIGN: usize = 16;
const PAGE_BITS: usize = 16;

let top: usize = (__heap_base + ALIGN - 1) & ~(ALIGN - 1);

/** Grows the memory so that `bytes` more fit above the top. Returns false if the engine refuses. */
export function reserve(bytes: usize): bool {
  const have = (<usize>memory.size()) << PAGE_BITS;
  const want = top + bytes;
  if (want < top) return false; // past 4 GiB
  if (want <= have) return true;
  const pages = (want - have + 0xffff) >> PAGE_BITS;
  return memory.grow(<i32>pages) >= 0;
}

/** A block of `bytes`, 16-byte aligned, contents undefined. Returns 0 if the engine refuses to grow. */
export function alloc(bytes: usize): usize {
  const size = (bytes + ALIGN - 1) & ~(ALIGN - 1);
  if (size < bytes || !reserve(size)) return 0;
  const block = top;
  top += size;
  return block;
}

/** The present top, for `release`. */
export function mark(): usize {
  return top;
}

/** Gives back everything that was taken since `mark` returned `to`. */
export function release(to: usize): void {
  assert(to <= top);
  top = to;
}
