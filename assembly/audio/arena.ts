/**
 * Memory of the extractor: tables and state first, reserved once while the module starts; behind
 * them the rows of the contours, which grow with the signal (contour.ts), and behind the rows the
 * working space of the functionals.
 */
let top: usize = (__heap_base + 15) & ~15;

/** `bytes` of zeroed memory for good, 16-byte aligned. Only while the module starts. */
export function reserve(bytes: usize): usize {
  const at = top;
  top = (at + bytes + 15) & ~15;
  if (!reach(top)) unreachable();
  return at;
}

/** First address behind everything reserved. */
export function bottom(): usize {
  return top;
}

/** Grows the memory so that every address below `end` exists; false if the host refuses. */
export function reach(end: usize): bool {
  const pages = <i32>((end + 0xffff) >>> 16);
  const have = memory.size();
  return pages <= have || memory.grow(pages - have) >= 0;
}
