/**
 * What compare.wasm exports, as the host sees it: pointers are byte addresses, sizes counts.
 *
 * @module
 */
type P = number;

/** @internal */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  begin(above: number): void;
  input(): P;
  push(count: number): number;
  finish(): number;
  features(): P;
  takeLld(): number;
  lldRows(): P;
  openResampler(rate: number): number;
  resampleInput(): P;
  resample(count: number): number;
  finishResampling(): number;
  resampleOutput(): P;
}

/** Samples that one push of each kind takes (assembly/audio/sets/compare-2013/extractor.ts, resample.ts). */
export const PUSH = 16384;
export const RESAMPLE_PUSH = 8192;
