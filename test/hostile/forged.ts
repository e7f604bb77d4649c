/**
 * Model files with another header and other numbers, their checksum right.
 */
import { open, type Opened, seal } from './sealed.js';

export type Json = Record<string, unknown>;

/** What a header says of a tensor. */
export interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  offset: number;
}

export interface Header extends Json {
  meta: Json & { trials: (Json & { svm: Json })[]; base: Json; normalizer: Json; classes: unknown };
  tensors: Entry[];
}

/** Changes both, or gives the header as a text of its own. */
export type Forgery = (header: Header, payload: Opened['payload']) => string | void;

export function forgedFrom(bytes: Uint8Array, change: Forgery): Uint8Array {
  const { head, payload } = open(bytes);
  const header = JSON.parse(`${new TextDecoder().decode(head)}}`) as Header;
  const text = change(header, payload) ?? JSON.stringify(header);
  return seal({ head: new TextEncoder().encode(text.slice(0, -1)), payload });
}

export function entry(header: Header, name: string): Entry {
  const found = header.tensors.find((tensor) => tensor.name === name);
  if (found === undefined) throw new Error(`no tensor ${name}`);
  return found;
}

/** Where a tensor's numbers begin. */
export function numbers(header: Header, name: string, payload: Uint8Array): DataView {
  return new DataView(payload.buffer, payload.byteOffset + entry(header, name).offset);
}
