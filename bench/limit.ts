/**
 * The limit of a core for products in wasm without fused operations: twelve independent chains x ← x·a + b of
 * 4-vectors that never leave the registers. Twelve are enough to hide the latency of a product and a sum.
 *
 * The module is put together here, instruction by instruction, so that no compiler has a say in it.
 */

const CHAINS = 12;
/** Floating-point operations of one round: a product and a sum of four values a chain. */
export const FLOPS_A_ROUND = CHAINS * 8;

const [I32, F32, V128] = [0x7f, 0x7d, 0x7b];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const constant = (value: number): number[] => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
const SPLAT = [0xfd, 0x13];
const ADD = [0xfd, 0xe4, 0x01];
const MUL = [0xfd, 0xe6, 0x01];

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >> 7)];
}

const section = (id: number, content: number[]): number[] => [id, ...unsigned(content.length), ...content];

/** `run(rounds: i32): f32` */
function bytes(): Uint8Array<ArrayBuffer> {
  const [rounds, a, b, first] = [0, 1, 2, 3];
  const chains = Array.from({ length: CHAINS }, (_, i) => first + i);
  const body = [
    ...[1, CHAINS + 2, V128],
    ...[...constant(0.5), ...SPLAT, ...set(a)],
    ...[...constant(1), ...SPLAT, ...set(b)],
    ...chains.flatMap((x) => [...constant(x), ...SPLAT, ...set(x)]),
    ...[0x03, 0x40], // loop
    ...chains.flatMap((x) => [...get(x), ...get(a), ...MUL, ...get(b), ...ADD, ...set(x)]),
    ...[...get(rounds), 0x41, 1, 0x6b, 0x22, rounds, 0x0d, 0, 0x0b], // while (--rounds)
    ...get(first),
    ...chains.slice(1).flatMap((x) => [...get(x), ...ADD]),
    ...[0xfd, 0x1f, 0, 0x0b],
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, I32, 1, F32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, 0x72, 0x75, 0x6e, 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

/** Runs that many rounds. The function is short and called often, so that it is optimised. */
export async function openLimit(): Promise<(rounds: number) => number> {
  const { instance } = await WebAssembly.instantiate(bytes());
  return instance.exports['run'] as (rounds: number) => number;
}
