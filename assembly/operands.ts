// operands — what kernels assert of their operands when they begin.
//
// Assertions trap in the debug build, which the tests also run. The release build has none of them, so a condition may
// only compute with what the kernel was given: the compiler could not leave a load out.

/** No size is negative. */
@inline
export function counts(a: i32, b: i32 = 0, c: i32 = 0, d: i32 = 0): bool {
  return (a | b | c | d) >= 0;
}

/** An address that vectors are read from and written to. */
@inline
export function aligned(address: usize): bool {
  return (address & 15) == 0;
}

/** Two operands have no byte in common; `bytes` each. */
@inline
export function apart(a: usize, bytesA: usize, b: usize, bytesB: usize): bool {
  return a + bytesA <= b || b + bytesB <= a;
}

/** Bytes of a rows x cols matrix of values of `T`. */
@inline
export function bytesOf<T>(rows: i32, cols: i32 = 1): usize {
  return <usize>rows * <usize>cols * sizeof<T>();
}
