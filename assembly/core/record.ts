// record — where the host writes the operands of a kernel that has more than ten of them.
//
// Such a kernel takes the address of a record, an unmanaged class, and reads its fields when it begins. The compiler
// says where they lie (scripts/exports.mjs); js/core/exports.ts, which that script writes, has a function that fills each. One place serves all kernels: no kernel
// calls another one through a record.

/** Bytes of the place; no record is larger (tested). */
export const RECORD_BYTES: i32 = 144;

const place: usize = memory.data(144, 16);

export function record(): usize {
  return place;
}
