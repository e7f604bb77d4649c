import { describe, expect, test } from 'vitest';
import { SatnmfError } from '../../../js/errors.js';
import { BUILDS, coreOf } from './cores.js';
import { upTo } from './values.js';

const PAGE = 65536;

describe.each(BUILDS)('arena (%s build)', (build) => {
  const core = coreOf(build);
  const { exports: e } = core;

  test('alloc gives aligned blocks of every size that do not overlap', () => {
    core.scoped(() => {
      let end = e.mark() >>> 0;
      expect(end % 16).toBe(0);
      for (const bytes of [...upTo(65), 255, 256, 257, PAGE - 1, PAGE, PAGE + 1]) {
        const block = e.alloc(bytes) >>> 0;
        expect(block).toBe(end);
        end = e.mark() >>> 0;
        expect(end - block).toBe(Math.ceil(bytes / 16) * 16);
        expect(core.memoryBytes).toBeGreaterThanOrEqual(end);
      }
    });
  });

  test('release gives back what came after the mark and leaves what came before', () => {
    core.scoped(() => {
      const kept = e.alloc(64);
      core.i32(kept, 16).fill(7);
      const mark = e.mark();
      const first = e.alloc(48);
      core.i32(first, 12).fill(9);
      e.alloc(1000);
      e.release(mark);
      expect(e.mark()).toBe(mark);
      expect(e.alloc(48)).toBe(first);
      expect([...core.i32(kept, 16)]).toEqual(new Array(16).fill(7));
    });
  });

  test('reserve makes room without taking it, and then no alloc within it grows the memory', () => {
    const fresh = coreOf(build);
    const mark = fresh.exports.mark();
    for (const bytes of [0, 1, 15, PAGE, 3 * PAGE + 5]) {
      expect(fresh.exports.reserve(bytes)).toBeTruthy();
      expect(fresh.exports.mark()).toBe(mark);
      const held = fresh.memoryBytes;
      expect(held - mark).toBeGreaterThanOrEqual(bytes);
      expect(held - mark - bytes).toBeLessThan(PAGE + bytes);
      fresh.exports.alloc(bytes - (bytes % 16));
      expect(fresh.memoryBytes).toBe(held);
      fresh.exports.release(mark);
    }
  });

  test('what cannot be had is refused and changes nothing', () => {
    const mark = e.mark();
    const held = core.memoryBytes;
    for (const bytes of [0xffffffff, 0xfffffff0]) {
      expect(e.reserve(bytes)).toBeFalsy();
      expect(e.alloc(bytes)).toBe(0);
    }
    expect(e.mark()).toBe(mark);
    expect(core.memoryBytes).toBe(held);
    expect(e.alloc(16)).toBe(mark);
    e.release(mark);
  });

  test('the cap of a Core is kept, in a sentence with both numbers', () => {
    const small = coreOf(build, 4 * PAGE);
    const held = small.memoryBytes;
    for (const ask of [() => small.reserve(5 * PAGE, 'This fit'), () => small.alloc(5 * PAGE)]) {
      let error: unknown;
      try {
        ask();
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(SatnmfError);
      expect((error as SatnmfError).code).toBe('too-large');
      expect((error as SatnmfError).expected).toBe(`at most ${4 * PAGE} bytes`);
    }
    expect(small.memoryBytes).toBe(held);
    expect(() => small.alloc(PAGE)).not.toThrow();
  });

  test('a hundred thousand rounds of alloc and release leave the memory as it was', () => {
    const mark = e.mark();
    const held = core.memoryBytes;
    let moved = 0;
    for (let i = 0; i < 100_000; i++) {
      e.alloc(1 + (i % 4096));
      e.alloc(i % 33);
      e.release(mark);
      if (e.mark() !== mark) moved++;
    }
    expect(moved).toBe(0);
    expect(core.memoryBytes).toBe(held);
  });
});

describe('asserts', () => {
  test('the debug build traps on a release above the top, and the Core starts afresh', () => {
    const core = coreOf('debug');
    const first = core.exports;
    let error: unknown;
    try {
      core.scoped(() => core.exports.release((core.exports.mark() >>> 0) + 16));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(SatnmfError);
    expect((error as SatnmfError).code).toBe('internal');
    expect(core.exports).not.toBe(first);
    expect(core.alloc(16)).toBeGreaterThan(0);
  });
});
