// Memory of the extractor. First come tables and state, which are reserved once while the module starts; then the rows
// of the contours, which grow with the signal (contour.ts); then the working space of the functionals.

let top: usize = (__heap_base + 15) & ~15;

/** `bytes` of zeroed memory, 16-byte aligned, that are never given back. Only while the module starts. */
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
