/**
 * Model files taken apart and put together again with a checksum that agrees, so that a change reaches the checks
 * behind it.
 */
import { crc32 } from '../../js/io/container/crc32.js';

/** What stands before the checksum in a header (js/io/container.ts). */
const SUM = ',"crc32":';
const PREFIX = 12;

/** A file's parts: the header's text up to its checksum, and the numbers. */
export interface Opened {
  readonly head: Uint8Array;
  readonly payload: Uint8Array;
}

export function open(bytes: Uint8Array): Opened {
  const begin = PREFIX + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(PREFIX, begin));
  const head = new TextEncoder().encode(text.slice(0, text.lastIndexOf(SUM)));
  return { head, payload: bytes.slice(begin) };
}

/** The file of these parts, its checksum right whatever they hold. */
export function seal({ head, payload }: Opened): Uint8Array {
  const end = new TextEncoder().encode(`${SUM}${crc32(head, payload)}}`);
  const begin = Math.ceil((PREFIX + head.length + end.length) / 16) * 16;
  const bytes = new Uint8Array(begin + payload.length).fill(0x20);
  bytes.set(new TextEncoder().encode('SATNMF\r\n'));
  new DataView(bytes.buffer).setUint32(8, begin - PREFIX, true);
  bytes.set(head, PREFIX);
  bytes.set(end, PREFIX + head.length);
  bytes.set(payload, begin);
  return bytes;
}
