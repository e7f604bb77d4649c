/**
 * A job without the package: shows what each runtime allows, so that a test of the tests can see
 * that the digests were made under the conditions they claim.
 */
import type { JobResult } from './job.js';

/** `(module (func (export "f") (result i32) (i32x4.extract_lane 2 (i32x4.splat (i32.const 7)))))` */
const SIMD_MODULE = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7f], // type: () -> i32
  [0x03, 0x02, 0x01, 0x00], // one function of that type
  [0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00], // exported as f
  [0x0a, 0x0b, 0x01, 0x09, 0x00, 0x41, 0x07, 0xfd, 0x11, 0xfd, 0x1b, 0x02, 0x0b], // its body
].flat();

async function simd(): Promise<unknown> {
  const { instance } = await WebAssembly.instantiate(new Uint8Array(SIMD_MODULE));
  return (instance.exports['f'] as () => number)();
}

/** The value, or `refused` where the runtime throws. */
async function orRefused(attempt: () => unknown): Promise<unknown> {
  try {
    return await attempt();
  } catch {
    return 'refused';
  }
}

export async function runJob(): Promise<JobResult> {
  return {
    same: {
      validSimd: WebAssembly.validate(new Uint8Array(SIMD_MODULE)),
      compiledSimd: await orRefused(simd),
      // eslint-disable-next-line no-new-func -- whether this is refused is the question
      codeFromStrings: await orRefused(() => new Function('return 7')() as unknown),
      node: typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node,
      page: typeof (globalThis as { document?: object }).document,
    },
    about: { agent: typeof navigator === 'undefined' ? '' : navigator.userAgent },
  };
}
