/**
 * Preconditions of the extractor: a call that breaks one traps in the debug build.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Exports, PUSH, RESAMPLE_PUSH } from '../../../js/audio/exports.js';

const module = new WebAssembly.Module(readFileSync('build/compare.debug.wasm'));

describe('the debug build traps at', () => {
  test.each<[string, (e: Exports) => unknown]>([
    ['more samples than a push takes', (e) => e.push(PUSH + 1)],
    ['a negative number of samples', (e) => e.push(-1)],
    ['samples after the end of the signal', (e) => (e.finish(), e.push(1))],
    ['a second end of the signal', (e) => (e.finish(), e.finish())],
    ['features of a signal that has not ended', (e) => e.features()],
    ['more samples than the resampler takes', (e) => (e.openResampler(8000), e.resample(RESAMPLE_PUSH + 1))],
    ['a resampler that was not opened', (e) => e.finishResampling()],
  ])('%s', (_broken, call) => {
    const e = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
    e.begin(0);
    expect(() => call(e)).toThrow(/unreachable/);
  });
});
